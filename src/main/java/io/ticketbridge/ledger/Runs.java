package io.ticketbridge.ledger;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The passes over the sources: when each began, how far it came, and the account of what it read (P5). */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** A run that says nothing for so long died with its process. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    /** A run that only lets go on what is held begins so long after the last at the least. */
    static final Duration BETWEEN_DRAINING = Duration.ofHours(1);

    /** Who closes accounts by its schedule does so again and again within this time. */
    private static final Duration CLOSES_EVERY = Duration.ofSeconds(20);

    private static final String CLOSING = "close-accounts";

    private final LedgerDatabase database;
    private final Accounts accounts;
    private final Absences absences;
    private final Function<String, FlowFacts> facts;
    private final IdentityDoubts doubts;
    private final Urgencies urgencies;
    private final FurtherControls furtherControls;
    private final HeldGroups held;
    private final RunFigures figures;
    private final Arrivals arrivals;
    private final Watermarks watermarks;
    private final HeartBeat heartBeat;
    private final LastEnds lastEnds;
    private final Clock clock;

    /** The runs that this process began, until their accounts are handed out. */
    private final Set<Long> own = new ConcurrentSkipListSet<>();

    /** Which pass of each flow this process began last. */
    private final Map<String, String> passes = new ConcurrentHashMap<>();

    public Runs(
            LedgerDatabase database,
            Accounts accounts,
            Absences absences,
            Function<String, FlowFacts> facts,
            Clock clock) {
        this(database, accounts, absences, facts, clock, HeartBeat.EVERY);
    }

    /** @param beat how often a run that is read says that it is alive */
    Runs(
            LedgerDatabase database,
            Accounts accounts,
            Absences absences,
            Function<String, FlowFacts> facts,
            Clock clock,
            Duration beat) {
        this.database = database;
        this.accounts = accounts;
        this.absences = absences;
        this.facts = facts;
        this.doubts = new IdentityDoubts(database, clock);
        this.urgencies = new Urgencies(database);
        this.figures = new RunFigures(database, clock);
        this.furtherControls = new FurtherControls(database, figures);
        this.held = new HeldGroups(database, clock);
        this.arrivals = new Arrivals(database);
        this.heartBeat = new HeartBeat(database, clock, beat);
        this.watermarks = new Watermarks(database, clock);
        this.lastEnds = new LastEnds(database, clock);
        this.clock = clock;
    }

    /** Begins a pass of one run: see {@link #begin(String, String, String)}. */
    public Run begin(String flow, String scan) {
        return begin(flow, scan, UUID.randomUUID().toString());
    }

    /**
     * Begins to read. What another pass of the flow reads, or read when its process died, is interrupted: what it stored is true and
     * stays, what it did not read is read again.
     *
     * @param pass the same for all runs of one pass, and for those of no other
     * @throws PassLost if the pass has begun runs before and another one has begun since
     */
    public Run begin(String flow, String scan, String pass) {
        requireNewest(flow, pass);
        unfinished(flow).forEach(accounts::close);
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
        Run begun = read(insert(flow, scan, pass));
        passes.put(flow, pass);
        return begun;
    }

    /** A pass of several runs goes on only while no other has begun: that one reads all of it. */
    private void requireNewest(String flow, String pass) {
        if (pass != null && pass.equals(passes.get(flow))) {
            String newest = database.client()
                    .sql(
                            "select pass from run where flow = :flow and pass is not null order by flow desc, id desc limit 1")
                    .param("flow", flow)
                    .query(String.class)
                    .optional()
                    .orElse(pass);
            if (!newest.equals(pass)) {
                throw new PassLost();
            }
        }
    }

    /** The same, beside whatever else reads the flow: nothing of that is interrupted. */
    public Run beginBeside(String flow, String scan) {
        return read(insert(flow, scan, null));
    }

    private Run read(Run run) {
        heartBeat.begin(run);
        return run;
    }

    private Run insert(String flow, String scan, String pass) {
        var key = new org.springframework.jdbc.support.GeneratedKeyHolder();
        database.client()
                .sql(
                        "insert into run (flow, scan, pass, state, started_at, seen_at) values (:flow, :scan, :pass, 'reading', :now, :now)")
                .param("pass", pass, Types.VARCHAR)
                .param("flow", flow)
                .param("scan", Text.cut(scan, 1000))
                .param("now", Times.sql(clock.instant()))
                .update(key, "id");
        own.add(key.getKey().longValue());
        return new Run(key.getKey().longValue(), flow, scan, facts.apply(flow), isFirst(flow));
    }

    /** Until one pass has come to its end, what is read is the flow's backlog (P13). */
    private boolean isFirst(String flow) {
        return database.client()
                .sql("select id from run where state in ('delivering', 'done') and flow = :flow limit 1")
                .param("flow", flow)
                .query(Long.class)
                .list()
                .isEmpty();
    }

    /**
     * The scan was read to its end: what it shows to be gone is concluded, and only then the watermarks that it moves are. Its groups wait for the end of the flow's pass: several files
     * may belong to one.
     *
     * @throws PassLost if another took it for dead while it stood still: nothing is concluded from then on (P11)
     */
    public void endReading(Run run) {
        try {
            run.awaitWritten();
            conclude(run);
        } finally {
            heartBeat.end(run.id());
        }
    }

    private void conclude(Run run) {
        figures.write(run);
        furtherControls.write(run);
        absences.conclude(run);
        doubts.note(run);
        database.transaction().executeWithoutResult(status -> {
            int ended = database.client()
                    .sql("update run set state = 'read', read_at = :now where id = :id and state = 'reading'")
                    .param("now", Times.sql(clock.instant()))
                    .param("id", run.id())
                    .update();
            if (ended == 0) {
                throw new PassLost();
            }
            run.positions().forEach(watermarks::move);
        });
        forgetArrivals(run);
    }

    private void forgetArrivals(Run run) {
        if (run.isPublished()) {
            arrivals.forget();
        }
    }

    /** So many records more of it are in the topic for certain. */
    void published(Run run, int records) {
        run.publishes(records);
        figures.published(run);
    }

    /** Does something that is true only while the run is ours, together with what is known of it so far. */
    void whileOurs(Run run, Runnable work) {
        run.awaitWritten();
        database.transaction().executeWithoutResult(status -> {
            figures.write(run, run.unwritten());
            work.run();
        });
        run.written();
    }

    /** Nobody reads it any more; what becomes of it is found out by the next pass. */
    void leave(Run run) {
        heartBeat.end(run.id());
    }

    LastEnds lastEnds() {
        return lastEnds;
    }

    Outage outage() {
        return database.outage();
    }

    /**
     * The pass is over: the flow's groups may be delivered, those that a breaker held included (P12). They are ranked before, for from
     * then on any worker may be handed the first of them.
     *
     * @throws PassLost if another has begun since: what is read is handed out at its end
     */
    public void endPass(String flow, String pass) {
        requireNewest(flow, pass);
        urgencies.rank(flow);
        boolean more = Boolean.TRUE.equals(database.transaction().execute(status -> {
            Optional<Long> last = lastRead(flow).or(() -> draining(flow, pass));
            database.client()
                    .sql("update run set state = 'delivering' where flow = :flow and state = 'read'")
                    .param("flow", flow)
                    .update();
            return last.isPresent() && drain(flow, last.get()) + stir(flow, last.get()) > 0;
        }));
        if (more) {
            urgencies.rank(flow);
        }
    }

    private Optional<Long> lastRead(String flow) {
        return database.client()
                .sql("select max(id) from run where flow = :flow and state = 'read'")
                .param("flow", flow)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }

    /**
     * A pass that found nothing to read still lets go on what is held, as a run that read nothing and proves nothing. Limits are for one
     * run: passes that look every minute may not make sixty of an hour.
     */
    private Optional<Long> draining(String flow, String pass) {
        if (!held.mayGoOn(flow, facts.apply(flow))
                || drainedSince(flow, clock.instant().minus(BETWEEN_DRAINING))) {
            return Optional.empty();
        }
        Run run = insert(flow, "what was held", pass);
        database.client()
                .sql("update run set state = 'read', read_at = :now where id = :id")
                .param("now", Times.sql(clock.instant()))
                .param("id", run.id())
                .update();
        return Optional.of(run.id());
    }

    private boolean drainedSince(String flow, Instant since) {
        return database.client()
                .sql(
                        "select max(id) from run where flow = :flow and state in ('delivering', 'done') and read_at > :since")
                .param("flow", flow)
                .param("since", Times.sql(since))
                .query((row, number) -> row.getObject(1) != null)
                .single();
    }

    public void endPass(String flow) {
        endPass(flow, null);
    }

    /** Reading failed: what was stored is delivered, the rest is read by the next run. Of one that is not ours any more, nothing is said. */
    public void fail(Run run, String error) {
        heartBeat.end(run.id());
        awaitQuietly(run);
        try {
            figures.write(run);
            furtherControls.write(run);
        } catch (PassLost | FailedByWorker e) {
            return;
        }
        database.client()
                .sql(
                        "update run set state = 'failed', read_at = :now, ended_at = :now, error = :error where id = :id and state in ('reading', 'read')")
                .param("now", Times.sql(clock.instant()))
                .param("error", Text.cut(error, 4000))
                .param("id", run.id())
                .update();
        forgetArrivals(run);
    }

    /** Its last page may be under way; whether that is kept changes nothing of why the run failed. */
    private static void awaitQuietly(Run run) {
        try {
            run.awaitWritten();
        } catch (RuntimeException e) {
            LOG.debug("The last page of a run that failed was not written either; it is read next time", e);
        }
    }

    /** What was held goes on as part of the run; of what would open tickets, only as much as the run may open. */
    private int drain(String flow, long runId) {
        return held.goOn(flow, runId) + held.open(flow, held.room(flow, facts.apply(flow)), runId);
    }

    /** As an hour moves on, what {@code max-new-tickets-per-hour} held follows without another pass (P12). */
    public void drainHours() {
        held.flowsHeldByTheHour().forEach(flow -> {
            FlowFacts settings = facts.apply(flow);
            if (settings != null) {
                held.open(flow, held.room(flow, settings));
            }
        });
    }

    /** The tickets that were changed since both sides agreed are looked at, as work of this run (P23). */
    private int stir(String flow, long runId) {
        return database.client()
                .sql(
                        """
                        update finding_group set pending = true, dead = false, due_at = :now, run_id = :run
                        where flow = :flow and not pending and id in (
                            select group_id from pair where flow = :flow and seen_mark <> mark and ended is null)""")
                .param("now", Times.sql(clock.instant()))
                .param("run", runId)
                .param("flow", flow)
                .update();
    }

    /** Closes the accounts of all runs that owe nothing any more, whoever began them: for the process that runs the schedule. */
    public List<Account> closeFinished() {
        List<Long> finished = database.client()
                .sql(
                        """
                        select r.id from run r where r.state = 'delivering'
                          and not exists (select 1 from finding_group g where g.flow = r.flow and g.pending)
                        order by r.id""")
                .query(Long.class)
                .list();
        return finished.stream().map(accounts::close).toList();
    }

    /**
     * The accounts of the runs that this process began and that owe nothing any more, each handed out once, whoever closed them. Where no
     * {@code run} is beside it, also those of processes that died: else they are its own, with what it counts by them.
     */
    public List<Account> closeOwn() {
        List<Account> closed = new ArrayList<>();
        for (Long run : own) {
            accounts.closeSettled(run).ifPresent(closed::add);
        }
        closed.forEach(account -> own.remove(account.run()));
        if (!lastEnds.endedWithin(CLOSING, CLOSES_EVERY)) {
            closed.addAll(closeFinished());
        }
        return closed;
    }

    /** Those of runs that this process began and that were not handed out yet. */
    public Set<Long> own() {
        return Set.copyOf(own);
    }

    /** The same while running on and on: says of each run what it did, if it did anything. Nobody asks for single ones then. */
    public void reportFinished() {
        own.clear();
        lastEnds.ended(CLOSING);
        closeFinished().stream()
                .filter(Account::isNews)
                .forEach(account -> LOG.info(
                        "A run is through. flow={} scan=\"{}\" read={} findings={} absent={} tickets={}",
                        account.flow(),
                        account.scan(),
                        account.read(),
                        account.findings(),
                        account.absent(),
                        account.tickets()));
    }

    private List<Long> unfinished(String flow) {
        return database.client()
                .sql("select id from run where flow = :flow and state = 'delivering' order by id")
                .param("flow", flow)
                .query(Long.class)
                .list();
    }
}
