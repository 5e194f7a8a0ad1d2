package io.ticketbridge.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a simulator answers.
 *
 * @param delivery how much of it reaches the client
 */
public record Answer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    /** How much of an answer reaches the client before the connection closes. */
    public enum Delivery {
        WHOLE,
        HALF,
        NOTHING,
        /** Whole, over half a second. */
        IN_DRIPS
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0], Delivery.WHOLE);
    }

    public static Answer json(int status, JsonNode body) {
        return bytes(status, "application/json; charset=utf-8", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static Answer text(int status, String contentType, String body) {
        return bytes(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer bytes(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body, Delivery.WHOLE);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, delivery);
    }

    public Answer withBody(byte[] other) {
        return new Answer(status, headers, other, delivery);
    }

    public Answer delivered(Delivery other) {
        return new Answer(status, headers, body, other);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
