package io.ticketbridge.deliver.servicenow;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The exceptions after which a request has certainly not been sent: there never was a connection to send it on. */
final class Unsent {
    private Unsent() {}

    /** In words for the operator, by the cause that says most; null if nothing proves it. */
    static String reason(Throwable error) {
        String said = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
                // There was a connection. Where the process stood still, the client ends a call for the time that it
                // took to connect, and names that as the cause, though the request may have left by then.
                return null;
            }
            String more = alone(cause);
            said = more == null ? said : more;
        }
        return said;
    }

    private static String alone(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "its host name has no address; check ticketbridge.servicenow.url";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "the connection was not made in time";
        }
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            return "the TLS handshake failed; check the certificate authority and the host name";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "the connection was refused";
        }
        return null;
    }
}
