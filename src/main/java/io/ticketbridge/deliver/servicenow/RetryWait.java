package io.ticketbridge.deliver.servicenow;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;

/** How long a server wants to be left alone: {@code Retry-After} (seconds or a date), else {@code X-RateLimit-Reset}. */
final class RetryWait {
    /** ServiceNow counts per hour, so no honest wait is longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryWait() {}

    /** Zero where the server does not say, or nonsense; at most one hour. */
    static Duration of(UnaryOperator<String> header, Instant now) {
        Duration wait = retryAfter(header.apply("Retry-After"), now);
        if (wait.isZero()) {
            wait = until(seconds(header.apply("X-RateLimit-Reset")), now);
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration retryAfter(String value, Instant now) {
        if (value == null) {
            return Duration.ZERO;
        }
        try {
            Instant date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
        } catch (DateTimeException e) {
            return Duration.ofSeconds(Math.max(0, seconds(value)));
        }
    }

    private static Duration until(long epochSecond, Instant now) {
        return epochSecond <= now.getEpochSecond()
                ? Duration.ZERO
                : Duration.ofSeconds(epochSecond - now.getEpochSecond());
    }

    private static long seconds(String value) {
        return value == null || !value.strip().matches("[0-9]{1,12}") ? 0 : Long.parseLong(value.strip());
    }
}
