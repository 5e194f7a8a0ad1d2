package io.ticketbridge.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A simulator's server on 127.0.0.1: reads requests whole, lets faults happen, logs what was asked and answered. */
public final class SimulatorServer implements AutoCloseable {
    private static final int THREADS = 32;
    private static final int DRIPS = 10;
    private static final int DRIP_MILLIS = 50;

    static {
        // Without it each small answer waits 40 ms for the delayed acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Handler simulator;
    private final Clock clock;
    private final RequestLog requests = new RequestLog();
    private final HttpFaults faults = new HttpFaults();

    private SimulatorServer(HttpServer server, ExecutorService threads, Clock clock, Handler simulator) {
        this.server = server;
        this.threads = threads;
        this.clock = clock;
        this.simulator = simulator;
    }

    /**
     * Starts listening.
     *
     * @param name names the threads
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken
     */
    public static SimulatorServer start(String name, int port, Clock clock, Handler simulator) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
            SimulatorServer started = new SimulatorServer(server, threads, clock, simulator);
            server.setExecutor(threads);
            server.createContext("/", started::serve);
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("127.0.0.1:" + port + " cannot be listened on; name another port", e);
        }
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public RequestLog requests() {
        return requests;
    }

    public HttpFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            Answer answer = answer(request);
            boolean silent = answer.delivery() == Answer.Delivery.NOTHING;
            requests.add(clock.instant(), request, silent ? 0 : answer.status());
            if (!silent) {
                write(exchange, answer);
            }
        }
    }

    private Answer answer(Request request) {
        try {
            return faults.around(request, simulator);
        } catch (IOException | RuntimeException e) {
            return Answer.text(500, "text/plain; charset=utf-8", "The simulator failed: " + e);
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawQuery(),
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(DRIP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The simulator was stopped while it answered");
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            // Closing the exchange before the promised length was written closes the connection.
            int sent = answer.delivery() == Answer.Delivery.HALF ? body.length / 2 : body.length;
            int parts = answer.delivery() == Answer.Delivery.IN_DRIPS ? DRIPS : 1;
            for (int part = 0; part < parts; part++) {
                int from = (int) ((long) sent * part / parts);
                exchange.getResponseBody().write(body, from, (int) ((long) sent * (part + 1) / parts) - from);
                exchange.getResponseBody().flush();
                if (parts > 1) {
                    pause();
                }
            }
        }
    }
}
