package io.ticketbridge.source.visionone;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this machine's clock is ahead of Vision One's, by the dates of its answers. Changes are stamped there: who goes by a clock that is
 * ahead asks for what came after, and never for what came before (P1). Less than a minute is left alone. Thread-safe.
 */
final class ClockAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ClockAhead.class);
    private static final Duration NOTICED = Duration.ofMinutes(1);

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** @param date the answer's, just now; null or nonsense says nothing */
    Duration of(String instance, String date) {
        Duration ahead = between(date, Instant.now());
        if (ahead.compareTo(NOTICED) < 0) {
            said.remove(instance);
            return Duration.ZERO;
        }
        if (said.add(instance)) {
            LOG.warn(
                    "This machine's clock is {} s ahead of Vision One's; what is read goes by Vision One's. instance={} cure=\"{}\"",
                    ahead.toSeconds(),
                    instance,
                    "let this machine's clock follow a time server (NTP)");
        }
        return ahead;
    }

    private static Duration between(String date, Instant now) {
        try {
            return date == null
                    ? Duration.ZERO
                    : Duration.between(
                            Instant.from(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)), now);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
