package io.ticketbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Hands bytes on between a connection that it took on loopback and another one; what it does first is up to its kind. */
abstract class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });

    Relay(ServerSocket server) {
        this.server = server;
    }

    static ServerSocket plain() {
        try {
            return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket target = target(client)) {
            if (target != null) {
                threads.execute(() -> copy(client, target));
                copy(target, client);
            }
        } catch (IOException | RejectedExecutionException e) {
            // One side has gone, or the test is over.
        }
    }

    /** Where a connection goes; null to end it. */
    abstract Socket target(Socket client) throws IOException;

    /** Called before bytes are handed on; may wait. */
    void beforeWrite() {}

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                beforeWrite();
                out.write(buffer, 0, read);
                out.flush();
            }
            to.close();
        } catch (IOException e) {
            // One side has gone.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
