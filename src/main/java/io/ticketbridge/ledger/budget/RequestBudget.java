package io.ticketbridge.ledger.budget;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that all replicas together may send to ServiceNow in an hour (P19): as many as the settings say, or fewer
 * where ServiceNow itself names a limit. Each is counted in the ledger before it is sent. Where neither says anything,
 * nothing is counted. Thread-safe.
 */
public final class RequestBudget implements Supplier<Room> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBudget.class);

    /** What another replica heard is known here after as long. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    public static final String INTENDED = "select flow, count(*) from action where state = 'intended' group by flow";

    private static final Duration SAY_AGAIN = Duration.ofMinutes(10);

    private final LedgerDatabase database;
    private final StatedLimit stated;
    private final OptionalInt set;
    private final Predicate<String> served;
    private final Clock clock;
    private final UncountedRequests uncounted = new UncountedRequests();
    private volatile Instant saidAt = Instant.MIN;
    private volatile boolean prepared;
    private volatile Known known = new Known(StatedLimit.Row.NOTHING, Instant.MIN);

    private record Known(StatedLimit.Row row, Instant at) {}

    /**
     * @param requestsPerHour what the settings say, if anything
     * @param served which flows are delivered for here: what others owe waits for whoever does
     */
    public RequestBudget(LedgerDatabase database, OptionalInt requestsPerHour, Predicate<String> served, Clock clock) {
        this.served = served;
        this.database = database;
        this.stated = new StatedLimit(database, clock);
        this.set = requestsPerHour;
        this.clock = clock;
    }

    /**
     * Counts a request that is about to be sent.
     *
     * @throws BudgetSpent if there is no room for it; it must not be sent then
     */
    public void take() {
        Instant now = clock.instant();
        StatedLimit.Row row = known();
        if (limit(row).isEmpty() && !row.isAtRest(now)) {
            uncounted.add(now);
            return;
        }
        prepare();
        Instant until = database.transaction().execute(status -> count(stated.lock(), now));
        if (until != null) {
            say(until);
            throw new BudgetSpent(until);
        }
    }

    /** @return null if it was counted, else when there is room */
    private Instant count(StatedLimit.Row row, Instant now) {
        if (row.isAtRest(now)) {
            return row.restUntil();
        }
        OptionalInt most = limit(row);
        if (most.isEmpty()) {
            uncounted.add(now);
            return null;
        }
        RequestWindow window = window(now);
        if (window.used() >= most.getAsInt()) {
            return window.nextRoom(now);
        }
        add(RequestWindow.minuteOf(now), 1, now);
        return null;
    }

    private void add(Instant minute, int requests, Instant now) {
        int counted = database.client()
                .sql("update request_count set requests = requests + :requests where sent_in = :minute")
                .param("requests", requests)
                .param("minute", Times.sql(minute))
                .update();
        if (counted == 0) {
            database.client()
                    .sql("delete from request_count where sent_in < :since")
                    .param("since", Times.sql(RequestWindow.since(now)))
                    .update();
            database.client()
                    .sql("insert into request_count (sent_in, requests) values (:minute, :requests)")
                    .param("minute", Times.sql(minute))
                    .param("requests", requests)
                    .update();
        }
    }

    /** Before anything is counted: what this process sent while there was no limit. */
    private void prepare() {
        if (!prepared) {
            stated.require();
            prepared = true;
        }
        if (uncounted.isEmpty()) {
            return;
        }
        database.transaction().executeWithoutResult(status -> {
            stated.lock();
            Instant now = clock.instant();
            uncounted.takeAll(now).forEach((minute, requests) -> add(minute, requests, now));
        });
    }

    /** How much may be sent now. A tenth is kept back for what is urgent. */
    @Override
    public Room get() {
        Instant now = clock.instant();
        StatedLimit.Row row = known();
        if (row.isAtRest(now)) {
            return Room.NONE;
        }
        OptionalInt most = limit(row);
        if (most.isEmpty()) {
            return Room.UNLIMITED;
        }
        int left = most.getAsInt() - window(now).used();
        return new Room(left, left - reserve(most.getAsInt()));
    }

    private static int reserve(int most) {
        return Math.min(most / 2, Math.max(5, most / 10));
    }

    /** ServiceNow named its limit with an answer. */
    public void heard(int most, String rule) {
        if (stated.heard(known(), most, rule)) {
            known = new Known(stated.row(), clock.instant());
            prepare();
            LOG.info("ServiceNow limits our requests; they are counted. requests-per-hour={} rule={}", most, rule);
            new Urgencies(database).rank(null);
        }
    }

    /** ServiceNow wants to be left alone, by all replicas. */
    public void rest(Instant until) {
        stated.rest(until);
        known = new Known(stated.row(), clock.instant());
        say(until);
    }

    /** What is owed as things stand, and how long it takes. */
    public Backlog backlog() {
        return backlogOf(
                count("select flow, count(*) from finding_group where pending = true group by flow") + count(INTENDED));
    }

    private long count(String byFlow) {
        AtomicLong count = new AtomicLong();
        database.client().sql(byFlow).query(row -> {
            if (served.test(row.getString(1))) {
                count.addAndGet(row.getLong(2));
            }
        });
        return count.get();
    }

    /** How long so many requests take, on top of nothing else. */
    public Backlog backlogOf(long requests) {
        Instant now = clock.instant();
        StatedLimit.Row row = stated.row();
        RequestWindow window = window(now);
        OptionalInt most = limit(row);
        Instant begin = row.isAtRest(now) ? row.restUntil() : now;
        Duration time =
                most.isPresent() ? window.timeFor(requests, most.getAsInt(), now, begin) : Duration.between(now, begin);
        return new Backlog(requests, most, window.used(), time, row.isAtRest(now) ? row.restUntil() : null);
    }

    private OptionalInt limit(StatedLimit.Row row) {
        if (!row.isFresh(clock.instant())) {
            return set;
        }
        return OptionalInt.of(Math.min(row.most(), set.orElse(Integer.MAX_VALUE)));
    }

    private StatedLimit.Row known() {
        Known last = known;
        Instant now = clock.instant();
        if (last.at().isBefore(now.minus(KNOWN_FOR))) {
            last = new Known(stated.row(), now);
            known = last;
        }
        return last.row();
    }

    private RequestWindow window(Instant now) {
        TreeMap<Instant, Integer> counts = new TreeMap<>();
        database.client()
                .sql("select sent_in, requests from request_count where sent_in >= :since")
                .param("since", Times.sql(RequestWindow.since(now)))
                .query(row -> {
                    counts.put(Times.of(row, "sent_in"), row.getInt("requests"));
                });
        return new RequestWindow(counts);
    }

    private void say(Instant until) {
        Instant now = clock.instant();
        if (saidAt.isBefore(now.minus(SAY_AGAIN))) {
            saidAt = now;
            LOG.info(
                    "What is owed to ServiceNow waits for the rate budget. until={} {}",
                    until,
                    backlog().sentence());
        }
    }
}
