package io.ticketbridge.source.scc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** SCC's times: RFC 3339, of evaluations with nanoseconds. */
final class SccTimes {
    private SccTimes() {}

    /** @return the epoch where there is no time */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
