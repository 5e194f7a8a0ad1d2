package io.ticketbridge.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** A source, and an instance of ServiceNow, that know nothing; who polls the source is noticed at once. */
final class FirstCall implements AutoCloseable {
    private final HttpServer server;
    private volatile CompletableFuture<Long> called = new CompletableFuture<>();

    private FirstCall(HttpServer server) {
        this.server = server;
    }

    static FirstCall listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        FirstCall first = new FirstCall(server);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "first-call");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/source")) {
                first.called.complete(System.nanoTime());
            }
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        return first;
    }

    /** @return completed with the time of the first call to the source from now on */
    CompletableFuture<Long> next() {
        called = new CompletableFuture<>();
        return called;
    }

    URI source() {
        return instance().resolve("/source/v3");
    }

    URI instance() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
