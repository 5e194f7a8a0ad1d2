package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.http.SimulatorServer;

/** The control page of a sandbox, served on 127.0.0.1 until it is closed. */
public final class ControlPage implements AutoCloseable {
    private final SimulatorServer server;

    private ControlPage(SimulatorServer server) {
        this.server = server;
    }

    /**
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public static ControlPage start(Sandbox sandbox, int port) {
        return new ControlPage(
                SimulatorServer.start("sandbox-control", port, sandbox.clock(), new ControlRoutes(sandbox)));
    }

    /** With a slash at the end. */
    public String url() {
        return server.url() + "/";
    }

    @Override
    public void close() {
        server.close();
    }
}
