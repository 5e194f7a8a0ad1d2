package io.ticketbridge.ledger.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the database's clock is ahead of this machine's. Leases, due times and signs of life are compared between replicas, so all
 * of them go by the one clock that they have in common. Less than two seconds are left alone. Thread-safe.
 */
public final class DatabaseTime {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTime.class);
    private static final Duration NOTICED = Duration.ofSeconds(2);
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long ahead;
    private volatile boolean noticed;

    /** Asks anew; what took too long to answer says nothing, and what was known before holds. */
    public long millisAhead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long asked = System.nanoTime();
            long before = System.currentTimeMillis();
            try (ResultSet row = statement.executeQuery(
                    "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)")) {
                row.next();
                long took = System.nanoTime() - asked;
                if (took < SURE_NANOS) {
                    ahead = row.getLong(1) - before - TimeUnit.NANOSECONDS.toMillis(took) / 2;
                    notice();
                }
            }
        }
        return ahead;
    }

    private void notice() {
        // Half of it before it is over: a clock at the edge would go back and forth.
        boolean apart = Math.abs(ahead) >= (noticed ? NOTICED.toMillis() / 2 : NOTICED.toMillis());
        if (apart && !noticed) {
            LOG.warn(
                    "This machine's clock is {} s {} the database's; what replicas share goes by the database's. cure=\"{}\"",
                    Math.abs(ahead) / 1000,
                    ahead > 0 ? "behind" : "ahead of",
                    "synchronise the clocks of all machines, by NTP for instance");
        }
        noticed = apart;
    }

    /** A clock that goes like the other, by the database's time. */
    public Clock over(Clock clock) {
        return new OfDatabase(clock);
    }

    private final class OfDatabase extends Clock {
        private final Clock clock;

        private OfDatabase(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            return noticed ? clock.instant().plusMillis(ahead) : clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new OfDatabase(clock.withZone(zone));
        }
    }
}
