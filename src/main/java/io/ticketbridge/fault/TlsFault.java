package io.ticketbridge.fault;

import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why no TLS connection was made, as far as the exceptions of Java and of its HTTP clients tell. */
public enum TlsFault {
    EXPIRED("its certificate has expired"),
    OTHER_HOST("its certificate is for another host"),
    UNKNOWN_AUTHORITY("its certificate comes from an authority that Java does not trust"),
    CLIENT_CERTIFICATE("it demands a client certificate, or refuses the one that it was shown"),
    NO_TLS("it does not speak TLS there"),
    OTHER("the TLS handshake failed");

    private static final String ALERT = "fatal alert";

    private final String words;

    TlsFault(String words) {
        this.words = words;
    }

    /** Empty where it was not TLS that failed, or there was a connection already. */
    public static Optional<TlsFault> of(Throwable error) {
        boolean isTls = false;
        boolean isHandshake = false;
        StringBuilder all = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            isTls |= cause instanceof SSLException
                    || String.valueOf(cause.getMessage()).contains(ALERT);
            isHandshake |= cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException;
            all.append(cause.getMessage()).append(' ');
        }
        TlsFault said = of(all.toString());
        return isHandshake || isTls && said != OTHER ? Optional.of(said) : Optional.empty();
    }

    private static TlsFault of(String messages) {
        if (messages.contains("NotAfter")) {
            return EXPIRED;
        }
        if (messages.contains("No subject alternative")
                || messages.contains("No name matching")
                || messages.contains("doesn't match any of the subject alternative names")) {
            return OTHER_HOST;
        }
        if (messages.contains("PKIX path")) {
            return UNKNOWN_AUTHORITY;
        }
        // An alert is what the other side says of ours.
        if (messages.contains(ALERT) && (messages.contains("certificate") || messages.contains("unknown_ca"))) {
            return CLIENT_CERTIFICATE;
        }
        // With a large or a small first letter, by the class that reads it.
        return messages.contains("nrecognized SSL message") ? NO_TLS : OTHER;
    }

    /** What is wrong, said of the server. */
    public String words() {
        return words;
    }

    /**
     * @param url the setting that holds the address
     * @param key the whole name of a setting of the way there
     */
    public String cure(String url, UnaryOperator<String> key) {
        return switch (this) {
            case EXPIRED -> "let the server's certificate be renewed";
            case UNKNOWN_AUTHORITY -> "set " + key.apply("ca-file") + " to a PEM file with the authority's certificate";
            case CLIENT_CERTIFICATE -> "check " + key.apply("client-certificate") + " and .client-key";
            case NO_TLS -> "check the port in " + url + ", and whether it should begin with http";
            case OTHER_HOST, OTHER -> "check " + url + " and the server's certificate";
        };
    }
}
