package io.ticketbridge.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks before a server starts: the server itself would say no more than that it did not. */
final class FreePort {
    private FreePort() {}

    /**
     * @param what would listen there
     * @param cure the settings to change, as the rest of the sentence
     * @throws CannotStart naming address, cause and cure
     */
    static void require(String what, String host, int port, String cure) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new CannotStart(
                    what + " can't listen on " + host + ":" + port + " (" + e.getMessage() + "): " + cure);
        }
    }
}
