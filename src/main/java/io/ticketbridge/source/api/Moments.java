package io.ticketbridge.source.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Reads times: RFC 3339 (without an offset UTC is meant), or seconds or milliseconds since 1970. */
final class Moments {
    /** In milliseconds 1973, in seconds the year 5138. */
    private static final double MILLIS_FROM = 1e11;

    private Moments() {}

    /** The epoch where it is no time: no finding is lost for a stamp. */
    static Instant of(String text) {
        try {
            if (text.matches("\\d+(\\.\\d+)?")) {
                double value = Double.parseDouble(text);
                return Instant.ofEpochMilli(Math.round(value < MILLIS_FROM ? value * 1000 : value));
            }
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T').replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"),
                    OffsetDateTime::from,
                    LocalDateTime::from);
            return time instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
