package io.ticketbridge.fault;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /** Zero where the server does not say, or nonsense. Names of headers are compared without regard to case. */
    public static Duration of(Map<String, String> headers, Instant now) {
        return headers == null
                ? Duration.ZERO
                : headers.entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                        .map(header -> of(header.getValue(), now))
                        .findFirst()
                        .orElse(Duration.ZERO);
    }

    /** Zero where it is null or nonsense. */
    public static Duration of(String value, Instant now) {
        String text = value == null ? "" : value.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
