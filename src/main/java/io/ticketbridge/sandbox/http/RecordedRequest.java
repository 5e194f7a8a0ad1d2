package io.ticketbridge.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * A request that a simulator got, and the status that it answered.
 *
 * @param number counts from 1
 * @param query the query as sent, or empty
 * @param headers names in lower case
 * @param status the status sent; 0 when the connection was closed without an answer
 */
public record RecordedRequest(
        long number,
        Instant at,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        int status) {

    public boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** One line without headers or body: both may hold credentials. */
    @Override
    public String toString() {
        return number + " " + method + " " + path + (query.isEmpty() ? "" : "?" + query) + " -> " + status;
    }
}
