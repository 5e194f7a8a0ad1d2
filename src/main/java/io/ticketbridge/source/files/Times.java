package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.UtcStamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads times as UTC instants: seconds or milliseconds since 1970, RFC 3339 with or without an offset. */
final class Times {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private Times() {}

    /** The first that is a time after 1970, or the epoch. */
    static Instant first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            Instant instant = instant(node);
            if (instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST)) {
                return instant;
            }
        }
        return Instant.EPOCH;
    }

    private static Instant instant(JsonNode node) {
        String text = Fields.text(node).strip();
        try {
            return node.isNumber() || NUMBER.matcher(text).matches() ? epoch(node.asDouble()) : UtcStamp.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.EPOCH;
        }
    }

    /** Prowler counts seconds where OCSF asks for milliseconds: below 1e11 it is seconds (in milliseconds: 1973). */
    private static Instant epoch(double value) {
        return Instant.ofEpochMilli(Math.round(value < 1e11 ? value * 1000 : value));
    }
}
