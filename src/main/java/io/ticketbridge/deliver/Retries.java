package io.ticketbridge.deliver;

import io.ticketbridge.ledger.ticket.Groups;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a delivery is tried again: each time after a longer wait, up to five minutes. */
final class Retries {
    // The log has one name for all that becomes of a delivery that failed.
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int AT_ONCE = 3;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Groups groups;
    private final Duration rest;
    private final Clock clock;

    /** @param rest as long as a request can still be under way at ServiceNow after we gave up on it */
    Retries(Groups groups, Duration rest, Clock clock) {
        this.groups = groups;
        this.rest = rest;
        this.clock = clock;
    }

    void again(Delivery delivery, Duration wait, String message) {
        Instant due = clock.instant().plus(wait);
        if (!groups.retry(delivery.claimed(), due)) {
            LOG.warn("A delivery was given up and goes on elsewhere. cause=\"{}\"", message);
            return;
        }
        LOG.warn(
                "A delivery did not come through; it is tried again. flow={} group=\"{}\" due={} cause=\"{}\"",
                delivery.flow().name(),
                delivery.label(),
                due,
                message);
    }

    Duration rested(Delivery delivery) {
        return rested(backOff(delivery));
    }

    /** Not before it can be told whether ServiceNow has what was sent. */
    Duration rested(Duration wait) {
        return max(rest, wait);
    }

    Duration backOff(Delivery delivery) {
        int attempts = Math.min(groups.attempts(delivery.group().id()), 20);
        long seconds = Math.min(LONGEST_WAIT.toSeconds(), 1L << Math.min(attempts, 9));
        return Duration.ofMillis(
                (long) (seconds * 1000 * ThreadLocalRandom.current().nextDouble(0.5, 1.0)));
    }

    /** At once if that helps, but what is overtaken again and again has to wait like everything else. */
    Duration atOnce(Delivery delivery) {
        return groups.attempts(delivery.group().id()) < AT_ONCE ? Duration.ZERO : backOff(delivery);
    }

    static Duration max(Duration one, Duration two) {
        return one.compareTo(two) > 0 ? one : two;
    }
}
