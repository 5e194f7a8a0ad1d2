package io.ticketbridge.observe;

import io.ticketbridge.ledger.report.LedgerFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at the ledger serves a scrape and those that follow within a few seconds. Thread-safe. */
final class LatestFigures {
    private static final Logger LOG = LoggerFactory.getLogger(LatestFigures.class);
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private final Supplier<LedgerFigures> look;
    private final Clock clock;
    private LedgerFigures known;
    private Instant knownAt = Instant.MIN;

    LatestFigures(Supplier<LedgerFigures> look, Clock clock) {
        this.look = look;
        this.clock = clock;
    }

    /** @return null while the ledger can't be read */
    synchronized LedgerFigures now() {
        Instant instant = clock.instant();
        if (knownAt.isBefore(instant.minus(KNOWN_FOR))) {
            try {
                known = look.get();
            } catch (RuntimeException e) {
                LOG.debug("The ledger can't be read for metrics", e);
                known = null;
            }
            knownAt = instant;
        }
        return known;
    }
}
