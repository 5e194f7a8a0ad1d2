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
     * Counts a request of a delivery that is about to be sent. What was begun is brought to its end, as long as the hour has room at all.
     *
     * @throws BudgetSpent if there is no room for it; it must not be sent then
     */
    public void take() {
        take(false);
    }

    /**
     * The same for a request of a poll, or of other reads. They leave their room to what is urgent, and a part to all other tickets.
     *
     * @throws BudgetSpent if there is no room for it; it must not be sent then
     */
    public void takeForRead() {
        take(true);
    }

    private void take(boolean isRead) {
        Instant now = clock.instant();
        StatedLimit.Row row = known();
        if (limit(row).isEmpty() && !row.isAtRest(now)) {
            uncounted.add(now);
            return;
        }
        prepare();
        Instant until = database.transaction().execute(status -> count(stated.lock(), isRead, now));
        if (until != null) {
            say(until, isRead ? "A poll of tickets" : "What is owed to ServiceNow");
            throw new BudgetSpent(until);
        }
    }

    /** @return null if it was counted, else when there is room */
    private Instant count(StatedLimit.Row row, boolean isRead, Instant now) {
        if (row.isAtRest(now)) {
            return row.restUntil();
        }
        OptionalInt most = limit(row);
        if (most.isEmpty()) {
            uncounted.add(now);
            return null;
        }
        RequestWindow window = window(now);
        Shares shares = new Shares(most.getAsInt());
        Predicate<Instant> hasRoom = isRead
                ? time -> shares.reads(window, time) > 0
                : time -> window.hour(time).all() < most.getAsInt();
        if (!hasRoom.test(now)) {
            return window.next(now, hasRoom);
        }
        add(RequestWindow.minuteOf(now), 1, isRead ? 1 : 0, now);
        return null;
    }

    private void add(Instant minute, int requests, int reads, Instant now) {
        int counted = database.client()
                .sql(
                        "update request_count set requests = requests + :requests, reads = reads + :reads where sent_in = :minute")
                .param("requests", requests)
                .param("reads", reads)
                .param("minute", Times.sql(minute))
                .update();
        if (counted == 0) {
            database.client()
                    .sql("delete from request_count where sent_in < :since")
                    .param("since", Times.sql(RequestWindow.since(now)))
                    .update();
            database.client()
                    .sql("insert into request_count (sent_in, requests, reads) values (:minute, :requests, :reads)")
                    .param("minute", Times.sql(minute))
                    .param("requests", requests)
                    .param("reads", reads)
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
            uncounted.takeAll(now).forEach((minute, requests) -> add(minute, requests, 0, now));
        });
    }

    /** How much may be handed out now. A tenth is kept back for what is urgent. */
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
        return new Shares(most.getAsInt()).room(window(now), now);
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
        say(until, "What is owed to ServiceNow");
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

    /** About how long so many requests take, if polls go on as they did in the last hour. */
    public Backlog backlogOf(long requests) {
        Instant now = clock.instant();
        StatedLimit.Row row = stated.row();
        RequestWindow window = window(now);
        OptionalInt most = limit(row);
        Instant begin = row.isAtRest(now) ? row.restUntil() : now;
        Duration time = most.isPresent()
                ? new Shares(most.getAsInt()).timeFor(requests, window, now, begin)
                : Duration.between(now, begin);
        RequestWindow.Sent sent = window.hour(now);
        return new Backlog(requests, most, sent.all(), sent.reads(), time, row.isAtRest(now) ? row.restUntil() : null);
    }

    /** How many reads an hour with so many requests has room for, whatever else is sent. */
    public static int readsOf(int requestsPerHour) {
        return new Shares(requestsPerHour).readsInAnHour();
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
        TreeMap<Instant, RequestWindow.Sent> counts = new TreeMap<>();
        database.client()
                .sql("select sent_in, requests, reads from request_count where sent_in >= :since")
                .param("since", Times.sql(RequestWindow.since(now)))
                .query(row -> {
                    counts.put(
                            Times.of(row, "sent_in"),
                            new RequestWindow.Sent(row.getInt("requests"), row.getInt("reads")));
                });
        return new RequestWindow(counts);
    }

    private void say(Instant until, String what) {
        Instant now = clock.instant();
        if (saidAt.isBefore(now.minus(SAY_AGAIN))) {
            saidAt = now;
            LOG.info(
                    "{} waits for the rate budget. until={} {}",
                    what,
                    until,
                    backlog().sentence());
        }
    }
}
