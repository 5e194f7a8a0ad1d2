package io.ticketbridge.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Reads a time as text: RFC 3339, with a blank for the T, without the offset's colon, or without an offset. */
public final class UtcStamp {
    private static final DateTimeFormatter STAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter();

    private UtcStamp() {}

    /**
     * Without an offset it is taken for UTC: whose local time it is, nobody can tell.
     *
     * @throws DateTimeException if it is no time
     */
    public static Instant parse(String text) {
        TemporalAccessor time =
                STAMP.parseBest(text.strip().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime offset
                ? offset.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }
}
