package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.fault.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** How long a server wants to be left alone: {@code Retry-After} (seconds or a date), else {@code X-RateLimit-Reset}. */
final class RetryWait {
    /** ServiceNow counts per hour, so no honest wait is longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryWait() {}

    /** Zero where the server does not say, or nonsense; at most one hour. */
    static Duration of(UnaryOperator<String> header, Instant now) {
        Duration wait = RetryAfter.of(header.apply("Retry-After"), now);
        if (wait.isZero()) {
            wait = until(seconds(header.apply("X-RateLimit-Reset")), now);
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
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
