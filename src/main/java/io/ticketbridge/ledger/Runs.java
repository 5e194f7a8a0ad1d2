package io.ticketbridge.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The passes over the sources: when each began, how far it came, and the account of what it read (P5). */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final LedgerDatabase database;
    private final Accounts accounts;
    private final Absences absences;
    private final Function<String, FlowFacts> facts;
    private final IdentityDoubts doubts;
    private final Urgencies urgencies;
    private final FurtherControls furtherControls;
    private final HeldGroups held;
    private final RunFigures figures;
    private final Clock clock;

    public Runs(
            LedgerDatabase database,
            Accounts accounts,
            Absences absences,
            Function<String, FlowFacts> facts,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.absences = absences;
        this.facts = facts;
        this.doubts = new IdentityDoubts(database, clock);
        this.urgencies = new Urgencies(database);
        this.furtherControls = new FurtherControls(database);
        this.held = new HeldGroups(database, clock);
        this.figures = new RunFigures(database, clock);
        this.clock = clock;
    }

    /**
     * Begins to read. A run of the same flow that never came to its end is interrupted: what it stored is true and stays,
     * what it did not read is read again.
     */
    public Run begin(String flow, String scan) {
        unfinished(flow).forEach(accounts::close);
        database.client()
                .sql(
                        """
                        update run set state = 'interrupted', ended_at = :now, error = 'It was interrupted; what it did not
                        read is read again' where flow = :flow and state = 'reading'"""
                                .replace("\n", " "))
                .param("now", Times.sql(clock.instant()))
                .param("flow", flow)
                .update();
        return insert(flow, scan);
    }

    /** The same, beside whatever else reads the flow: nothing of that is interrupted. */
    public Run beginBeside(String flow, String scan) {
        return insert(flow, scan);
    }

    private Run insert(String flow, String scan) {
        var key = new org.springframework.jdbc.support.GeneratedKeyHolder();
        database.client()
                .sql(
                        "insert into run (flow, scan, state, started_at, seen_at) values (:flow, :scan, 'reading', :now, :now)")
                .param("flow", flow)
                .param("scan", Text.cut(scan, 1000))
                .param("now", Times.sql(clock.instant()))
                .update(key, "id");
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

    /** The scan was read to its end: what it shows to be gone is concluded. Its groups wait for the end of the flow's pass: several files may belong to one. */
    public void endReading(Run run) {
        figures.write(run);
        furtherControls.write(run);
        if (isReading(run)) {
            absences.conclude(run);
        }
        doubts.note(run);
        database.client()
                .sql("update run set state = 'read', read_at = :now where id = :id and state = 'reading'")
                .param("now", Times.sql(clock.instant()))
                .param("id", run.id())
                .update();
    }

    /** Not one that another took for dead while it stood still: what was read since would seem to be gone (P11). */
    private boolean isReading(Run run) {
        return database.client()
                .sql("select state from run where id = :id")
                .param("id", run.id())
                .query(String.class)
                .optional()
                .filter("reading"::equals)
                .isPresent();
    }

    /** Writes what is known of the run so far, before anything says that it was read. */
    void keepFigures(Run run) {
        figures.write(run);
    }

    Outage outage() {
        return database.outage();
    }

    /**
     * The pass is over: the flow's groups may be delivered, those that a breaker held included (P12). They are ranked before, for from
     * then on any worker may be handed the first of them.
     */
    public void endPass(String flow) {
        urgencies.rank(flow);
        boolean more = Boolean.TRUE.equals(database.transaction().execute(status -> {
            Optional<Long> last = database.client()
                    .sql("select max(id) from run where flow = :flow and state = 'read'")
                    .param("flow", flow)
                    .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                    .single();
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

    /** Reading failed: what was stored is delivered, the rest is read by the next run. */
    public void fail(Run run, String error) {
        figures.write(run);
        furtherControls.write(run);
        database.client()
                .sql("update run set state = 'failed', read_at = :now, ended_at = :now, error = :error where id = :id")
                .param("now", Times.sql(clock.instant()))
                .param("error", Text.cut(error, 4000))
                .param("id", run.id())
                .update();
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

    /** Closes the accounts of the runs that owe nothing any more. */
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

    /** The same while running on and on: says of each run what it did, if it did anything. */
    public void reportFinished() {
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
