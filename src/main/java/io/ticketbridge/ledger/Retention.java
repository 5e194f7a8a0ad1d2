package io.ticketbridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Says for the route that forgets what is over from when on it is kept. */
public final class Retention {
    private final Clock clock;

    public Retention(Clock clock) {
        this.clock = clock;
    }

    /** @param days for which something is kept after it ended */
    public OffsetDateTime before(int days) {
        return Times.sql(clock.instant().minus(Duration.ofDays(days)));
    }
}
