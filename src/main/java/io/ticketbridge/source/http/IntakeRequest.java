package io.ticketbridge.source.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is asked, taken from the request itself.
 *
 * @param flow as it was sent; there may be no such flow
 * @param id of what was sent before, if this asks for its state; else null
 */
record IntakeRequest(String flow, UUID id, boolean complete, boolean again, HttpServerRequest http) {
    private static final int LONGEST_NAME = 100;
    private static final Set<String> JSON = Set.of(
            "",
            "application/json",
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/json-lines",
            "application/jsonlines",
            "application/gzip",
            "application/x-gzip",
            "application/octet-stream",
            "text/json");

    static IntakeRequest of(HttpServerRequest http) {
        String[] parts = String.valueOf(http.path()).substring(1).split("/", -1);
        boolean sends = http.method().name().equals("POST");
        boolean asks = http.method().name().equals("GET");
        if (parts.length < 2 || parts.length > 3 || parts[1].isEmpty() || parts[1].length() > LONGEST_NAME) {
            throw new IntakeRefusal(404, "path", "Send to /intake/FLOW, or ask for /intake/FLOW/ID.");
        }
        if (sends ? parts.length != 2 : !asks || parts.length != 3) {
            throw new IntakeRefusal(
                    405,
                    "method",
                    "POST to /intake/FLOW, or GET /intake/FLOW/ID.",
                    Map.of("Allow", parts.length == 2 ? "POST" : "GET"));
        }
        if (sends) {
            requireType(http);
        }
        return new IntakeRequest(
                parts[1], asks ? id(parts[2]) : null, flag(http, "complete"), flag(http, "again"), http);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            // Nobody has it; only who shows a credential is told so.
            return new UUID(0, 0);
        }
    }

    private static boolean flag(HttpServerRequest http, String name) {
        String value = http.getParam(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.isEmpty() || value.equals("true")) {
            return true;
        }
        throw new IntakeRefusal(400, "query", name + " must be true or false.");
    }

    private static void requireType(HttpServerRequest http) {
        String type = header(http, "Content-Type").split(";")[0].strip().toLowerCase(Locale.ROOT);
        if (!JSON.contains(type) && !type.endsWith("+json")) {
            throw new IntakeRefusal(
                    415,
                    "type",
                    "Send JSON or one JSON object a line, plain or gzip, with the header Content-Type: application/json or application/x-ndjson.");
        }
        String coding = header(http, "Content-Encoding").strip().toLowerCase(Locale.ROOT);
        if (!Set.of("", "identity", "gzip", "x-gzip").contains(coding)) {
            throw new IntakeRefusal(
                    415, "type", "Of content encodings only gzip is known.", Map.of("Accept-Encoding", "gzip"));
        }
    }

    /** Its value if there is one such header; empty if there is none, or if it is in doubt. */
    private static String header(HttpServerRequest http, String name) {
        List<String> values = http.headers().getAll(name);
        return values.size() == 1 ? values.get(0) : "";
    }

    String header(String name) {
        return header(http, name);
    }

    /**
     * What is signed before the body: nothing where the address has no query, as webhooks sign; else path and query as they were sent, in a
     * line, so that nobody repeats a signed body with other flags.
     */
    byte[] signedAhead() {
        String query = http.query();
        return query == null || query.isEmpty()
                ? new byte[0]
                : (http.path() + "?" + query + "\n").getBytes(StandardCharsets.UTF_8);
    }

    boolean isQuestion() {
        return id != null;
    }

    String address() {
        return http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
    }

    /** In bytes; -1 if it is not said. */
    long statedLength() {
        String length = header("Content-Length");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }
}
