package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.account.Storms;
import io.ticketbridge.ledger.budget.Urgencies;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.ticket.LooseEnds;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a pass has read is handed out to be delivered at its end, and with it what breakers held (P12). */
final class Handout {
    /** A run that only lets go on what is held begins so long after the last at the least. */
    private static final Duration BETWEEN_DRAINING = Duration.ofHours(1);

    private final LedgerDatabase database;
    private final RunRows rows;
    private final Function<String, FlowFacts> facts;
    private final HeldGroups held;
    private final LooseEnds looseEnds;
    private final Urgencies urgencies;
    private final Clock clock;

    Handout(LedgerDatabase database, RunRows rows, Function<String, FlowFacts> facts, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.facts = facts;
        this.held = new HeldGroups(database, clock);
        this.looseEnds = new LooseEnds(database, clock);
        this.urgencies = new Urgencies(database);
        this.clock = clock;
    }

    /**
     * All that was read of the flow. Its groups are ranked before, for from then on any worker may be handed the first of them.
     *
     * @throws PassLost if another pass has begun since: what is read is handed out at its end
     */
    void ofPass(String flow, String pass) {
        rows.requireNewest(flow, pass);
        handOut(flow, pass, "flow = :flow and state = 'read'");
    }

    /** What was read beside all passes: what a pass has read by now waits for its end. */
    void ofReplay(String flow) {
        handOut(flow, null, "flow = :flow and state = 'read' and pass is null");
    }

    private void handOut(String flow, String pass, String which) {
        urgencies.rank(flow);
        boolean more = Boolean.TRUE.equals(database.transaction().execute(status -> {
            Optional<Long> last = lastRead(flow, which).or(() -> draining(flow, pass));
            database.client()
                    .sql("update run set state = 'delivering' where " + which)
                    .param("flow", flow)
                    .update();
            last.ifPresent(run -> takeOver(flow, pass, run));
            return last.isPresent() && drain(flow, last.get()) + stir(flow, last.get()) > 0;
        }));
        if (more) {
            urgencies.rank(flow);
        }
    }

    /**
     * What is owed of a run that died, failed in an earlier pass, is accounted for or forgotten: it is work of this run, or its tickets would be in
     * no account (P5).
     */
    private void takeOver(String flow, String pass, long run) {
        List<UUID> left = database.client()
                .sql(
                        """
                        select g.id from finding_group g left join run r on r.id = g.run_id
                        where g.pending = true and g.flow = :flow and g.grouping <> 'storm'
                          and (r.id is null or r.state in ('interrupted', 'failed', 'done')
                              and r.pass is distinct from cast(:pass as varchar(100)))
                        order by g.id""")
                .param("flow", flow)
                .param("pass", pass, Types.VARCHAR)
                .query(UUID.class)
                .list();
        Batches.write(database, "update finding_group set run_id = ? where id = ? and pending", left, id ->
                new Object[] {run, id});
    }

    private Optional<Long> lastRead(String flow, String which) {
        return database.client()
                .sql("select max(id) from run where " + which)
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
        Run run = rows.insert(flow, "what was held", pass);
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

    /**
     * What was held goes on as part of the run; of what would open tickets, only as much as the run may open. And tickets that were left
     * open while {@code resolve-when-fixed} was off.
     */
    private int drain(String flow, long runId) {
        FlowFacts settings = facts.apply(flow);
        return held.goOn(flow, runId)
                + held.open(flow, held.room(flow, settings), runId)
                + (settings.resolves() ? looseEnds.resolve(flow, runId) : 0);
    }

    /**
     * The tickets that were changed since both sides agreed are looked at, as work of this run (P23). An earlier version made a pair of
     * a summary ticket, too, on which no two sides ever agree.
     */
    private int stir(String flow, long runId) {
        List<UUID> changed = database.client()
                .sql(
                        """
                        select id from finding_group
                        where flow = :flow and not pending and id <> :storm and id in (
                            select group_id from pair where flow = :flow and seen_mark <> mark and ended is null)
                        order by id""")
                .param("flow", flow)
                .param("storm", Storms.groupOf(flow))
                .query(UUID.class)
                .list();
        // In the order in which the pages beside a replay lock them.
        Batches.write(
                database,
                "update finding_group set pending = true, dead = false, due_at = ?, run_id = ? where id = ? and not pending",
                changed,
                id -> new Object[] {Times.sql(clock.instant()), runId, id});
        return changed.size();
    }

    /** What {@code max-new-tickets-per-hour} held, as an hour moves on. */
    void ofHours() {
        held.flowsHeldByTheHour().forEach(flow -> {
            FlowFacts settings = facts.apply(flow);
            if (settings != null) {
                held.openOfTheHour(flow, held.room(flow, settings));
            }
        });
    }
}
