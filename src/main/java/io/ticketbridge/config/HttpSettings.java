package io.ticketbridge.config;

import java.util.Locale;

/**
 * Where ticketbridge itself listens (P39).
 *
 * @param host the address; a loopback one unless told otherwise
 * @param managementPort of health and metrics; 0 for none
 * @param enabled whether there is a console
 * @param port the console's; 0 for any free one
 * @param user whom the console asks for
 * @param password what it asks for; empty only where the host is a loopback one
 * @param intakeMaxSize the largest body that is taken, in bytes, as it is sent and unpacked
 */
public record HttpSettings(
        String host, int managementPort, boolean enabled, int port, String user, Secret password, int intakeMaxSize) {

    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** Whether a host, as it is written, is this machine alone; a name is only believed if it is localhost. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[(.*)]$", "$1");
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
