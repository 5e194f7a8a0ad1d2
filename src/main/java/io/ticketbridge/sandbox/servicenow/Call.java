package io.ticketbridge.sandbox.servicenow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One request, read and decoded, and what is learned about it on the way. */
final class Call {

    final String method;
    final String path;
    final String rawQuery;
    final Map<String, List<String>> query;
    final Map<String, List<String>> headers;
    final byte[] body;
    final long length;
    final String origin;
    Actor user;
    int truncateAfter = -1;
    boolean dropsConditions;
    Set<String> ignoredColumns = Set.of();
    final List<String> droppedConditions = new ArrayList<>();

    /**
     * @param length bytes that were sent; more than {@code body} holds when they were too many
     * @param origin scheme and authority by which the caller reached the instance
     */
    Call(
            String method,
            String path,
            String rawQuery,
            Map<String, List<String>> headers,
            byte[] body,
            long length,
            String origin) {
        this.headers = headers;
        this.method = header("X-http-method-override").isEmpty()
                ? method
                : header("X-http-method-override").toUpperCase(Locale.ROOT);
        this.path = path;
        this.rawQuery = rawQuery == null ? "" : rawQuery;
        this.query = decode(this.rawQuery);
        this.body = body;
        this.length = length;
        this.origin = origin;
    }

    /** The first header of that name, whatever its case, or "". */
    String header(String name) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
                return header.getValue().get(0);
            }
        }
        return "";
    }

    String parameter(String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    boolean flag(String name) {
        return parameter(name).equalsIgnoreCase("true");
    }

    /** The number, or the default when it is absent; 400 when it is none or negative. */
    int number(String name, int absent) {
        String text = parameter(name);
        if (text.isEmpty()) {
            return absent;
        }
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.badRequest("Invalid value for parameter: " + name, "Value must be a non-negative integer");
        }
        return Integer.parseInt(text);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    static Map<String, List<String>> decode(String form) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : form.split("&")) {
            if (!pair.isEmpty()) {
                int at = pair.indexOf('=');
                String name = at < 0 ? pair : pair.substring(0, at);
                String value = at < 0 ? "" : pair.substring(at + 1);
                values.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
