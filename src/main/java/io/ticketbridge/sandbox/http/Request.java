package io.ticketbridge.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it arrived.
 *
 * @param path the decoded path, without the query
 * @param rawQuery the query as sent, or empty
 * @param headers header names in lower case
 */
public record Request(String method, String path, String rawQuery, Map<String, List<String>> headers, byte[] body) {

    public Request {
        rawQuery = rawQuery == null ? "" : rawQuery;
        headers = Map.copyOf(headers);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The decoded query parameters (or form fields) in order; the last one of a name wins. */
    public Map<String, String> query() {
        return decode(rawQuery);
    }

    public Map<String, String> form() {
        return decode(text());
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query().get(name));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    private static Map<String, String> decode(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /** Header names and values in alphabetical order. */
    Map<String, String> loggedHeaders() {
        Map<String, String> logged = new TreeMap<>();
        headers.forEach((name, values) -> logged.put(name, String.join(", ", values)));
        return logged;
    }
}
