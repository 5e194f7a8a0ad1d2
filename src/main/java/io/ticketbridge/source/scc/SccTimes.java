package io.ticketbridge.source.scc;

import io.ticketbridge.source.UtcStamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** SCC's times: RFC 3339, of evaluations with nanoseconds. */
final class SccTimes {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int WHOLE = FORM.length();

    private SccTimes() {}

    /** @return the epoch where there is no time */
    static Instant instant(String text) {
        try {
            return isUsual(text) ? usual(text) : UtcStamp.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Whether it has the form of 2026-11-01T03:00:01.000000001Z, with or without a fraction. */
    private static boolean isUsual(String text) {
        int end = text.length() - 1;
        if (end < WHOLE || end == WHOLE + 1 || end > WHOLE + 10 || text.charAt(end) != 'Z') {
            return false;
        }
        for (int at = 0; at < end; at++) {
            char wanted = at < WHOLE ? FORM.charAt(at) : at == WHOLE ? '.' : '0';
            boolean isDigit = text.charAt(at) >= '0' && text.charAt(at) <= '9';
            if (wanted == '0' ? !isDigit : text.charAt(at) != wanted) {
                return false;
            }
        }
        return true;
    }

    /** A general parser takes as long for a time as all else takes for a finding. */
    private static Instant usual(String text) {
        int nanos = number(text, WHOLE + 1, text.length() - 1);
        for (int digits = text.length() - 2 - WHOLE; digits < 9; digits++) {
            nanos *= 10;
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = 10 * number + text.charAt(at) - '0';
        }
        return number;
    }
}
