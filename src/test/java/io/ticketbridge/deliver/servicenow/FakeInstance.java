package io.ticketbridge.deliver.servicenow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A server on loopback that answers what the test says and remembers what it was asked. */
final class FakeInstance implements AutoCloseable {
    static final String SYS_ID = "0123456789abcdef0123456789abcdef";
    static final String RECORD =
            "{\"result\":{\"sys_id\":\"" + SYS_ID + "\",\"number\":\"INC0010001\",\"state\":\"1\"}}";
    static final String LIST =
            "{\"result\":[{\"sys_id\":\"" + SYS_ID + "\",\"number\":\"INC0010001\",\"state\":\"1\"}]}";

    final List<Asked> calls = new CopyOnWriteArrayList<>();
    final List<Asked> tokenCalls = new CopyOnWriteArrayList<>();
    volatile Function<Asked, Answer> onCall =
            asked -> Answer.json(asked.method().equals("POST") ? 201 : 200, RECORD);
    volatile Function<Asked, Answer> onToken = asked -> token("token-" + tokenCalls.size(), "refresh-1", 1800);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    record Asked(String method, String uri, Map<String, List<String>> headers, String body) {
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : String.join("|", values);
        }
    }

    record Answer(int status, Map<String, String> headers, String body) {
        static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json;charset=UTF-8"), body);
        }

        static Answer html(int status) {
            return new Answer(status, Map.of("Content-Type", "text/html"), "<html><body>Be back soon</body></html>");
        }

        static Answer error(int status, String message, String detail) {
            String quoted = detail == null ? "null" : "\"" + detail + "\"";
            return json(
                    status,
                    "{\"error\":{\"message\":\"" + message + "\",\"detail\":" + quoted + "},\"status\":\"failure\"}");
        }

        Answer with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body);
        }

        /** Closes the connection without a word. */
        static final Answer HANG_UP = new Answer(0, Map.of(), "");

        /** Sends the headers and half a body, and then nothing more. */
        static final Answer STALL = new Answer(200, Map.of("Content-Type", "application/json"), "{\"result\":{\"a\":");
    }

    FakeInstance() {
        this(null);
    }

    FakeInstance(SSLContext tls) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
            if (tls == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> answer(exchange, calls, asked -> onCall.apply(asked)));
        server.createContext(
                "/oauth_token.do", exchange -> answer(exchange, tokenCalls, asked -> onToken.apply(asked)));
        server.setExecutor(threads);
        server.start();
    }

    static Answer token(String access, String refresh, long expiresIn) {
        String more = refresh == null ? "" : "\"refresh_token\":\"" + refresh + "\",";
        return Answer.json(
                200,
                "{\"access_token\":\"" + access + "\"," + more
                        + "\"scope\":\"useraccount\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}");
    }

    static Answer tokenRefusal() {
        return Answer.json(401, "{\"error_description\":\"access_denied\",\"error\":\"server_error\"}");
    }

    URI url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    Asked lastCall() {
        return calls.get(calls.size() - 1);
    }

    private static void answer(HttpExchange exchange, List<Asked> log, Function<Asked, Answer> script)
            throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Asked asked = new Asked(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
        log.add(asked);
        Answer answer = script.apply(asked);
        if (answer == Answer.HANG_UP) {
            exchange.close();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer == Answer.STALL) {
            exchange.sendResponseHeaders(answer.status(), 1000);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            never();
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Waits until the server is closed. */
    static void never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
