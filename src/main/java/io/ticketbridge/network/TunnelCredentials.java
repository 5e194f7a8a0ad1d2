package io.ticketbridge.network;

/** The JDK's HTTP client signs in to a proxy for https only if it is told to, before it is first used. */
public final class TunnelCredentials {
    private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

    private TunnelCredentials() {}

    public static void allow() {
        if (System.getProperty(DISABLED) == null) {
            System.setProperty(DISABLED, "");
        }
    }
}
