package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.fault.TlsFault;
import java.io.IOException;
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
    /** How the JDK's client says that a proxy would not. */
    private static final String NO_TUNNEL = "Tunnel failed";

    private Unsent() {}

    /**
     * In words for the operator with what to look at, by the cause that says most; null if nothing proves it.
     *
     * @param url the setting that holds the address
     */
    static String reason(Throwable error, String url) {
        String said = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
                // There was a connection. Where the process stood still, the client ends a call for the time that it
                // took to connect, and names that as the cause, though the request may have left by then.
                return null;
            }
            String more = alone(cause, url);
            said = more == null ? said : more;
        }
        return said;
    }

    private static String alone(Throwable cause, String url) {
        String way = "; check " + url + ", and " + key("proxy") + " where a proxy is the way there";
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "its host name has no address" + way;
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "the connection was not made in time" + way;
        }
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            TlsFault fault = TlsFault.of(cause).orElse(TlsFault.OTHER);
            return fault.words() + "; " + fault.cure(url, Unsent::key);
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "the connection was refused" + way;
        }
        String said = String.valueOf(cause.getMessage());
        if (!(cause instanceof IOException) || !said.startsWith(NO_TUNNEL)) {
            return null;
        }
        return said.endsWith(" " + FaultSorter.OF_PROXY)
                ? FaultSorter.WANTED_BY_PROXY
                : "the proxy does not connect there (" + said + "); check " + url + ", let the proxy connect there, or"
                        + " except the host with " + key("no-proxy");
    }

    private static String key(String leaf) {
        return "ticketbridge.servicenow." + leaf + " (or ticketbridge.network." + leaf + " for all systems)";
    }
}
