package io.ticketbridge.ledger.ticket;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.ledger.database.ExistingLedger;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.database.Times;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Which ServiceNow instance the ledger's tickets are in. In another one they are not there, and would be taken for deleted. Every start
 * looks, and so does every call: another process on the same ledger may have been started with another URL. Thread-safe.
 */
public final class TicketInstance {
    private static final Logger LOG = LoggerFactory.getLogger(TicketInstance.class);

    /** Beside the watermarks of flows, none of which begins like that. */
    private static final String KEY = "/servicenow-instance";

    /** Behind the name of the former one, while a start makes sure that nobody goes on there. No URL of ours has a query. */
    private static final String LEAVING = "?";

    /** What another process noted is known here after as long. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    /** Until then every other process has heard, and what it intended before that is in the ledger. */
    static final Duration HEARD_AFTER = KNOWN_FOR.multipliedBy(2);

    /** One that ServiceNow never had, or that was taken back, is nowhere. */
    private static final String HOLDS_TICKETS =
            """
            select exists (select 1 from ticket where sys_id is not null)
              or exists (select 1 from action where state in ('intended', 'written'))""";

    private final LedgerDatabase database;
    private final String ours;
    private final Duration heardAfter;
    private final Clock clock;
    private volatile Known known;
    private volatile boolean said;

    private record Noted(String instance, Instant at) {
        boolean isLeaving() {
            return instance.endsWith(LEAVING);
        }

        String name() {
            return isLeaving() ? instance.substring(0, instance.length() - LEAVING.length()) : instance;
        }
    }

    /** @param other where it is not ours */
    private record Known(Optional<String> other, long at) {}

    /** @param ours as the settings name it; empty where they name none */
    public TicketInstance(LedgerDatabase database, String ours, Clock clock) {
        this(database, ours, HEARD_AFTER, clock);
    }

    TicketInstance(LedgerDatabase database, String ours, Duration heardAfter, Clock clock) {
        this.database = database;
        this.ours = ours;
        this.heardAfter = heardAfter;
        this.clock = clock;
    }

    /** For a ledger that nobody else uses, as a plan's is: nobody has to hear. */
    public TicketInstance alone() {
        return new TicketInstance(database, ours, Duration.ZERO, clock);
    }

    /**
     * Which instance the tickets of a ledger are in that is not opened, and may be of an older version.
     *
     * @return empty where it holds none, or nobody has noted it yet
     */
    public static Optional<String> of(DatabaseSettings settings) throws SQLException {
        Optional<ExistingLedger> there = ExistingLedger.beside(settings);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try (ExistingLedger ledger = there.get()) {
            JdbcClient client = JdbcClient.create(new SingleConnectionDataSource(ledger.connection(), true));
            return holdsTickets(client) ? noted(client).map(Noted::name) : Optional.empty();
        }
    }

    /**
     * Before anything is read or sent: from now on the ledger is for this instance, unless its tickets are in another one.
     *
     * @param former what this instance was called before; empty where nobody says so
     * @return the instance that its tickets are in, where that is another one; then nothing has changed
     */
    public Optional<String> begin(String former) {
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        while (true) {
            Noted noted = noted(database.client()).orElseGet(this::first);
            if (noted.instance().equals(ours)) {
                return Optional.empty();
            }
            if (noted.name().equals(ours) || noted.name().equals(former)) {
                if (replace(noted, ours)) {
                    LOG.info(
                            "The ledger's tickets are in this ServiceNow instance. instance={} was={}",
                            ours,
                            noted.name());
                }
            } else if (holdsTickets(database.client())) {
                if (replace(noted, noted.name())) {
                    return Optional.of(noted.name());
                }
            } else {
                leave(noted);
            }
        }
    }

    /** Whoever is at work in the former instance may be about to open its first ticket there: it has to hear of it, or to be seen. */
    private void leave(Noted noted) {
        Duration left =
                noted.isLeaving() ? Duration.between(clock.instant(), noted.at().plus(heardAfter)) : heardAfter;
        if (!noted.isLeaving() && !heardAfter.isZero()) {
            replace(noted, noted.name() + LEAVING);
        } else if (left.isNegative() || left.isZero()) {
            if (replace(noted, ours)) {
                LOG.info(
                        "The ledger holds no tickets, and is for another ServiceNow instance from now on. instance={} was={}",
                        ours,
                        noted.name());
            }
        } else {
            LockSupport.parkNanos(left.toNanos());
        }
    }

    /** A ledger without tickets, or of before this was noted. */
    private Noted first() {
        try {
            database.client()
                    .sql("insert into watermark (flow, position, moved_at) values (:key, :ours, :now)")
                    .param("key", KEY)
                    .param("ours", ours)
                    .param("now", Times.sql(clock.instant()))
                    .update();
            return new Noted(ours, clock.instant());
        } catch (DuplicateKeyException e) {
            return noted(database.client()).orElseThrow();
        } catch (RuntimeException e) {
            if (Outage.isCauseOf(e)) {
                // It can only be read just now. The next start notes it.
                return new Noted(ours, clock.instant());
            }
            throw e;
        }
    }

    /** @return whether it was still noted so */
    private boolean replace(Noted noted, String instance) {
        return database.client()
                        .sql(
                                "update watermark set position = :instance, moved_at = :now where flow = :key and position = :noted")
                        .param("instance", instance)
                        .param("now", Times.sql(clock.instant()))
                        .param("key", KEY)
                        .param("noted", noted.instance())
                        .update()
                > 0;
    }

    private static Optional<Noted> noted(JdbcClient client) {
        return client.sql("select position, moved_at from watermark where flow = :key")
                .param("key", KEY)
                .query((row, number) -> new Noted(row.getString("position"), Times.of(row, "moved_at")))
                .optional();
    }

    private static boolean holdsTickets(JdbcClient client) {
        return client.sql(HOLDS_TICKETS).query(Boolean.class).single();
    }

    /** Whether nobody has begun in another instance since. */
    public boolean isOurs() {
        return other().isEmpty();
    }

    /** @throws AnotherInstance if somebody has begun in another instance since */
    public void require() {
        other().ifPresent(theirs -> {
            throw new AnotherInstance(theirs, ours);
        });
    }

    private Optional<String> other() {
        long now = System.nanoTime();
        Known last = known;
        if (last == null || now - last.at() > KNOWN_FOR.toNanos()) {
            Optional<Noted> noted = ours.isEmpty() ? Optional.empty() : noted(database.client());
            Optional<Noted> another = noted.map(this::withoutLeftMark)
                    .filter(some -> !some.instance().equals(ours));
            last = new Known(another.map(some -> some.isLeaving() ? "another instance" : some.name()), now);
            known = last;
            say(another);
        }
        return last.other();
    }

    /** A start that died while it looked whether anybody is at work here has not begun elsewhere. */
    private Noted withoutLeftMark(Noted noted) {
        boolean isLeft = noted.isLeaving()
                && noted.name().equals(ours)
                && noted.at().plus(HEARD_AFTER.multipliedBy(10)).isBefore(clock.instant());
        return isLeft && replace(noted, ours) ? new Noted(ours, clock.instant()) : noted;
    }

    /** While somebody looks whether anybody is at work here, it is not said: that may end as it began. */
    private void say(Optional<Noted> another) {
        boolean isAnother = another.filter(some -> !some.isLeaving()).isPresent();
        if (isAnother && !said) {
            LOG.error(
                    "The ledger is for another ServiceNow instance by now, and nothing is read there or delivered from here. Give all"
                            + " that use the ledger the same ticketbridge.servicenow.url, or this one a ledger of its own. instance={} ours={}",
                    another.get().name(),
                    ours);
        }
        said = isAnother;
    }
}
