package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.ClosedRuns;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.identity.FormerOrigins;
import io.ticketbridge.ledger.identity.Origins;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The passes over the sources: when each began, how far it came, and the account of what it read (P5). */
public final class Runs {
    /** A run that says nothing for so long died with its process. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private final LedgerDatabase database;
    private final RunRows rows;
    private final FormerOrigins former;
    private final ReadingEnds ends;
    private final Handout handout;
    private final ClosedRuns closed;
    private final RunFigures figures;
    private final HeartBeat heartBeat;
    private final LastEnds lastEnds;
    private final Clock clock;

    public Runs(
            LedgerDatabase database,
            Accounts accounts,
            Absences absences,
            Function<String, FlowFacts> facts,
            Clock clock) {
        this(database, accounts, absences, facts, Origins.UNKNOWN, new Watermarks(database, clock), clock);
    }

    /** @param origins what the flows read */
    public Runs(
            LedgerDatabase database,
            Accounts accounts,
            Absences absences,
            Function<String, FlowFacts> facts,
            Origins origins,
            Watermarks watermarks,
            Clock clock) {
        this(database, accounts, absences, facts, origins, watermarks, clock, HeartBeat.EVERY);
    }

    /** @param beat how often a run that is read says that it is alive */
    Runs(
            LedgerDatabase database,
            Accounts accounts,
            Absences absences,
            Function<String, FlowFacts> facts,
            Origins origins,
            Watermarks watermarks,
            Clock clock,
            Duration beat) {
        this.database = database;
        this.rows = new RunRows(database, facts, clock);
        this.handout = new Handout(database, rows, facts, clock);
        this.figures = new RunFigures(database, clock);
        this.former = new FormerOrigins(database, origins, facts, watermarks, clock);
        this.ends = new ReadingEnds(database, absences, former, figures, watermarks, clock);
        this.heartBeat = new HeartBeat(database, clock, beat);
        this.lastEnds = new LastEnds(database, clock);
        this.closed = new ClosedRuns(database, accounts, lastEnds, rows.own());
        this.clock = clock;
    }

    /** Begins a pass of one run: see {@link #begin(String, String, String)}. */
    public Run begin(String flow, String scan) {
        return begin(flow, scan, UUID.randomUUID().toString());
    }

    /**
     * Begins to read, whatever runs before it still owe: their accounts wait for that. What another pass of the flow reads, or read when its process died, is interrupted: what it stored is true and
     * stays, what it did not read is read again.
     *
     * @param pass the same for all runs of one pass, and for those of no other
     * @throws PassLost if the pass has begun runs before and another one has begun since
     */
    public Run begin(String flow, String scan, String pass) {
        rows.requireNewest(flow, pass);
        OffsetDateTime now = Times.sql(clock.instant());
        // Of an older version, or a replay: that one goes on beside passes, as long as it says that it is alive.
        OffsetDateTime silent = Times.sql(clock.instant().minus(SILENCE));
        database.client()
                .sql(
                        """
                        update run set state = 'interrupted', ended_at = :now, error = 'It was interrupted; what it did not
                        read is read again' where flow = :flow and state = 'reading' and (pass is not null or seen_at < :silent)"""
                                .replace("\n", " "))
                .param("now", now)
                .param("silent", silent)
                .param("flow", flow)
                .update();
        former.begin(flow, pass);
        Run begun = read(rows.insert(flow, scan, pass));
        rows.goesOn(flow, pass);
        return begun;
    }

    /** The same, beside whatever else reads the flow: nothing of that is interrupted. */
    public Run beginBeside(String flow, String scan) {
        return read(rows.insert(flow, scan, null));
    }

    /** Whether a pass of the flow is under way, here or elsewhere: what it reads is newer than what any letter holds. */
    public boolean isInPass(String flow) {
        return rows.isInPass(flow);
    }

    private Run read(Run run) {
        heartBeat.begin(run);
        return run;
    }

    /**
     * The scan was read to its end: what it shows to be gone is concluded, and only then the watermarks that it moves are. Its groups
     * wait for the end of the flow's pass: several files may belong to one.
     *
     * @throws PassLost if another took it for dead while it stood still: nothing is concluded from then on (P11)
     */
    public void endReading(Run run) {
        try {
            ends.conclude(run);
        } finally {
            heartBeat.end(run.id());
        }
    }

    /** So many records more of it are in the topic for certain. */
    public void published(Run run, int records) {
        run.publishes(records);
        figures.published(run);
    }

    /** Does something that is true only while the run is ours, together with what is known of it so far. */
    public void whileOurs(Run run, Runnable work) {
        run.unwritten().await();
        database.transaction().executeWithoutResult(status -> {
            figures.write(run, run.unwritten().figures());
            work.run();
        });
        run.unwritten().written();
    }

    /** Nobody reads it any more; what becomes of it is found out by the next pass. */
    public void leave(Run run) {
        heartBeat.end(run.id());
    }

    public LastEnds lastEnds() {
        return lastEnds;
    }

    public Outage outage() {
        return database.outage();
    }

    /**
     * The pass is over: the flow's groups may be delivered, those that a breaker held included (P12).
     *
     * @throws PassLost if another has begun since: what is read is handed out at its end
     */
    public void endPass(String flow, String pass) {
        endPass(flow, pass, true);
    }

    /** @param isWhole whether all was read that the pass set out to read, and not only what of it became a run */
    public void endPass(String flow, String pass, boolean isWhole) {
        rows.requireNewest(flow, pass);
        if (isWhole) {
            ends.concludePass(flow, pass, () -> rows.insert(flow, "what was read before", pass));
        }
        handout.ofPass(flow, pass);
    }

    public void endPass(String flow) {
        endPass(flow, null);
    }

    /** A replay is over; what a pass beside it has read is handed out at that one's end. */
    public void endReplay(String flow) {
        handout.ofReplay(flow);
    }

    /** As an hour moves on, what {@code max-new-tickets-per-hour} held follows without another pass (P12). */
    public void drainHours() {
        handout.ofHours();
    }

    /**
     * Reading failed: what was stored is delivered, the rest is read by the next run. Of one that is not ours any more, nothing is
     * said.
     */
    public void fail(Run run, String error) {
        heartBeat.end(run.id());
        ends.fail(run, error);
    }

    /**
     * The accounts of the runs that this process began and that owe nothing any more, each handed out once, whoever closed them. Where no
     * {@code run} is beside it, also those of processes that died: else they are its own, with what it counts by them.
     */
    public List<Account> closeOwn() {
        return closed.own();
    }

    /** Those of runs that this process began and that were not handed out yet. */
    public Set<Long> own() {
        return Set.copyOf(rows.own());
    }

    /** Those of all runs, whoever began them, while running on and on: says of each what it did. Nobody asks for single ones then. */
    public void reportFinished() {
        closed.report();
    }
}
