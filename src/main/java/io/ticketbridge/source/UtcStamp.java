package io.ticketbridge.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/**
 * Reads a time as text: RFC 3339, with a blank for the T, without the offset's colon, without an offset, or with Java's name of
 * the zone behind it.
 */
public final class UtcStamp {
    /** With an exponent, as large numbers with a fraction are written. */
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(E\\d+)?");
    /** Below it is seconds until the year 5138, from it on milliseconds since 1973. */
    private static final double MILLISECONDS = 1e11;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final DateTimeFormatter STAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendLiteral('[')
            .appendZoneRegionId()
            .appendLiteral(']')
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

    /**
     * The same, or seconds or milliseconds since 1970. A finding is not lost for its stamp: what is no time, or none that a scan
     * can have, is the epoch.
     */
    public static Instant orEpoch(String text) {
        try {
            Instant instant = NUMBER.matcher(text).matches() ? counted(Double.parseDouble(text)) : parse(text);
            return instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST) ? instant : Instant.EPOCH;
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static Instant counted(double value) {
        return Instant.ofEpochMilli(Math.round(value < MILLISECONDS ? value * 1000 : value));
    }
}
