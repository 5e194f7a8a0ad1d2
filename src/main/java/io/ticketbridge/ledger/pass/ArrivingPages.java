package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.run.Arrival;
import io.ticketbridge.ledger.run.Arrivals;
import io.ticketbridge.ledger.run.Run;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The ledger's side of a worker: which of what a topic delivers is still to be written, and for which run. One thread uses it. */
public final class ArrivingPages {
    private final LedgerDatabase database;
    private final Arrivals arrivals;
    private final TakenRuns runs;
    private final Clock clock;
    private final Map<String, Long> passed = new HashMap<>();

    /** @param facts of a flow by its name, null for one that is not configured */
    public ArrivingPages(LedgerDatabase database, Function<String, FlowFacts> facts, Clock clock) {
        this.database = database;
        this.arrivals = new Arrivals(database);
        this.runs = new TakenRuns(database, facts);
        this.clock = clock;
    }

    /** A page to be written, with the run that it belongs to. */
    public record Page(Run run, Arrival arrival) {}

    /**
     * Where a partition goes on elsewhere than it ended here, another worker has had it: what was known of runs may be old.
     *
     * @param first the first offset of each partition in what was delivered
     */
    public void begin(Map<String, Long> first) {
        if (!first.entrySet().stream().allMatch(each -> each.getValue().equals(passed.get(each.getKey())))) {
            runs.forget();
        }
        runs.forgetEnded();
    }

    /**
     * Whether the run is read now, and is the one that is meant: a ledger from a back-up gives the same numbers out again.
     *
     * @param flow as the topic says it, null where it does not
     * @param pass the same; a version that did not send it may still be at work
     */
    public boolean isRead(long run, String flow, String pass) {
        return runs.isRead(run, flow, pass);
    }

    /** Whether such a run was ever begun on this ledger; what is said of it is as above. */
    public boolean isKnown(long run, String flow, String pass) {
        return runs.isKnown(run, flow, pass);
    }

    /** Empty where all of it was taken before, or its run is not read any more. */
    public Optional<Page> open(Arrival arrival) {
        return runs.of(arrival.run(), arrival.baseline())
                .map(run -> new Page(run, arrivals.untaken(arrival)))
                .filter(page -> !page.arrival().records().isEmpty());
    }

    /** Everything before these offsets is in the ledger, or left alone for good. */
    public void passed(Map<String, Long> next) {
        arrivals.passed(next);
        passed.putAll(next);
        database.outage().ended();
    }

    /** A page was not kept: what its run is known to have said was not said. */
    public void forget() {
        runs.forget();
    }

    /** A page can't be written, now or later: its run fails, and what is left of it is left alone. */
    public void fail(long run, String error) {
        database.client()
                .sql(
                        """
                        update run set state = 'failed', read_at = :now, ended_at = :now, error = :error
                        where id = :id and state = 'reading'""")
                .param("now", Times.sql(clock.instant()))
                .param("error", Text.cut(error, 4000))
                .param("id", run)
                .update();
    }

    /** The ledger can't be used: what was delivered waits for it. */
    public void await(Throwable error) {
        database.outage().began(error);
    }
}
