package io.ticketbridge.sandbox.servicenow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** The HTTP side: reads a request whole, lets a fault have its way with it, logs it, and sends what the instance answers. */
final class FrontDoor implements HttpHandler {

    /** Of a body that trickles in. */
    private static final int PARTS = 20;

    private static final int KEPT_BYTES = 256 * 1024 * 1024;

    private final Instance instance;
    private final Tokens tokens;
    private final Faults faults;
    private final RequestLog log;
    private final Clock clock;
    private final SysIds transactions;
    private final ScheduledExecutorService later;
    private final String scheme;

    FrontDoor(
            Instance instance,
            Tokens tokens,
            Faults faults,
            RequestLog log,
            Clock clock,
            ScheduledExecutorService later,
            String scheme) {
        this.instance = instance;
        this.tokens = tokens;
        this.faults = faults;
        this.log = log;
        this.clock = clock;
        this.transactions = new SysIds(0x7A);
        this.later = later;
        this.scheme = scheme;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = read(exchange);
            Fault fault = faults.draw(call.method, call.path);
            if (fault == null) {
                Answer answer = instance.answer(call);
                log(call, answer.status(), "");
                send(exchange, answer, Fault.Ending.ANSWER, Duration.ZERO);
            } else {
                fail(exchange, call, fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(HttpExchange exchange, Call call, Fault fault) throws IOException, InterruptedException {
        sleep(fault.delay());
        if (fault.revokesTokens()) {
            tokens.revokeAccessTokens();
        }
        call.truncateAfter = fault.truncateAfter();
        call.dropsConditions = fault.dropsConditions();
        call.ignoredColumns = fault.ignoredColumns();
        Answer answer =
                switch (fault.commit()) {
                    case FIRST -> instance.answer(call);
                    case NEVER -> Answer.empty(0);
                    case LATER -> {
                        fault.commitTime().thenRunAsync(() -> instance.answer(call), later);
                        yield Answer.empty(0);
                    }
                };
        sleep(fault.delayAfter());
        switch (fault.ending()) {
            case CLOSED -> log(call, 0, fault.name());
            case REPLACED -> {
                log(call, fault.status(), fault.name());
                send(exchange, fault.answer(), fault.ending(), fault.bodyTime());
            }
            default -> {
                log(call, answer.status(), fault.name());
                send(exchange, answer, fault.ending(), fault.bodyTime());
            }
        }
    }

    private Call read(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long length = 0;
        byte[] buffer = new byte[16 * 1024];
        InputStream in = exchange.getRequestBody();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            length += n;
            if (length <= KEPT_BYTES) {
                kept.write(buffer, 0, n);
            }
        }
        String host = exchange.getRequestHeaders().getFirst("Host");
        String authority =
                host == null ? "127.0.0.1:" + exchange.getLocalAddress().getPort() : host;
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders(),
                kept.toByteArray(),
                length,
                scheme + "://" + authority);
    }

    private void send(HttpExchange exchange, Answer answer, Fault.Ending ending, Duration time)
            throws IOException, InterruptedException {
        var headers = exchange.getResponseHeaders();
        headers.set("Server", "ServiceNow");
        headers.set("X-Is-Logged-In", String.valueOf(answer.status() != 401));
        headers.set("X-Transaction-ID", transactions.next().substring(0, 12));
        headers.set("Pragma", "no-store,no-cache");
        headers.set("Cache-control", "no-cache,no-store,must-revalidate,max-age=-1");
        headers.set("Expires", "0");
        if (answer.contentType() != null) {
            headers.set("Content-Type", answer.contentType());
        }
        answer.headers().forEach(headers::set);
        byte[] body = answer.body();
        boolean none =
                body == null || body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        boolean half = ending == Fault.Ending.HALF;
        // A length of 0 means chunks of unknown length, which is what a real instance sends.
        exchange.sendResponseHeaders(answer.status(), none ? -1 : half ? body.length : 0);
        if (!none) {
            OutputStream out = exchange.getResponseBody();
            write(out, body, half || ending == Fault.Ending.BROKEN ? body.length / 2 : body.length, time);
            if (half) {
                out.flush();
            }
        }
    }

    private static void write(OutputStream out, byte[] body, int length, Duration time)
            throws IOException, InterruptedException {
        int parts = time.isZero() ? 1 : PARTS;
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) length * part / parts);
            out.write(body, from, (int) ((long) length * (part + 1) / parts) - from);
            if (parts > 1) {
                out.flush();
                sleep(time.dividedBy(parts));
            }
        }
    }

    private void log(Call call, int status, String fault) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        call.headers.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String type = call.header("Content-Type");
        boolean text = type.contains("json") || type.contains("x-www-form-urlencoded") || type.startsWith("text/");
        log.add(new SeenRequest(
                clock.instant(),
                call.method,
                call.path,
                call.query,
                headers,
                text || call.length == 0 ? call.text() : "(" + call.length + " bytes)",
                status,
                fault,
                List.copyOf(call.droppedConditions)));
    }

    private static void sleep(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            Thread.sleep(wait.toMillis());
        }
    }
}
