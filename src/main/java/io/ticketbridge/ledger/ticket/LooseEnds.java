package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Groups at rest of which something may be left to do, as soon as a setting is another or a ticket has come further: something fails and
 * its ticket is done, or nothing fails and a ticket is open. They are marked as they are settled, so that each pass finds them at once.
 */
public final class LooseEnds {
    /** Whether a ticket is the latest of its group. */
    private static final String LATEST =
            "not exists (select 1 from ticket later where later.group_id = t.group_id and later.generation > t.generation)";

    static final String MARKED = "select id from finding_group where flow = :flow and loose_end = :end order by id";

    private static final String RELEASE =
            """
            update finding_group set released = true, loose_end = null
            where id = ? and not released and not silenced and %s
              and exists (select 1 from finding f where f.group_id = finding_group.id and f.result = 0 and f.accepted_in is null)
              and exists (select 1 from ticket t where t.group_id = finding_group.id and t.reached and %s
                and (t.phase in ('CLOSED', 'DELETED') or not cast(? as boolean)))"""
                    .formatted(TicketRelease.NOTHING_FLAGGED, LATEST);

    private static final String RESOLVE =
            """
            update finding_group set pending = true, due_at = ?, run_id = ?
            where id = ? and not pending and held is null and not dead and not silenced
              and exists (select 1 from finding f where f.group_id = finding_group.id)
              and not exists (select 1 from finding f
                where f.group_id = finding_group.id and f.result = 0 and f.accepted_in is null)
              and not exists (select 1 from finding f
                where f.group_id = finding_group.id and f.result = 3 and f.keeps_open)
              and (not exists (select 1 from finding f where f.group_id = finding_group.id and f.result = 0)
                or exists (select 1 from ticket t where t.group_id = finding_group.id and t.phase = 'OPEN' and %s))
              and exists (select 1 from ticket t where t.group_id = finding_group.id and t.phase = 'OPEN')
              and not exists (select 1 from ticket t join action a on a.group_id = t.group_id and a.generation = t.generation
                where t.group_id = finding_group.id and t.phase = 'OPEN'
                  and a.kind = 'resolved' and a.state not in ('withdrawn', 'refused'))"""
                    .formatted(LATEST);

    /** By the tickets, of which there are far fewer than groups and findings. */
    private static final String UNMARKED_FAILING =
            """
            select g.id from ticket t join finding_group g on g.id = t.group_id
            where t.reached and %s and g.loose_end is null and not g.pending and not g.released
              and exists (select 1 from finding f where f.group_id = g.id and f.result = 0 and f.accepted_in is null)
            order by g.id"""
                    .formatted(LATEST);

    private static final String UNMARKED_OPEN =
            """
            select distinct g.id from ticket t join finding_group g on g.id = t.group_id
            where t.phase = 'OPEN' and not t.reached and g.loose_end is null and not g.pending
              and exists (select 1 from finding f where f.group_id = g.id)
              and not exists (select 1 from finding f where f.group_id = g.id and f.result = 0 and f.accepted_in is null)
              and not exists (select 1 from finding f where f.group_id = g.id and f.result = 3 and f.keeps_open)
            order by g.id""";

    private static final String MARK =
            "update finding_group set loose_end = ? where id = ? and loose_end is null and not pending";

    private final LedgerDatabase database;
    private final Clock clock;

    public LooseEnds(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What a group that is settled now leaves open, if anything, by its tickets as the ledger has them by then. */
    static String mark(GroupCase settled) {
        GroupState group = settled.group();
        if (group.failing() > 0) {
            return "case when not released and exists (select 1 from ticket t where t.group_id = finding_group.id and t.reached and "
                    + LATEST + ") then 'failing' end";
        }
        return group.suppressed() > 0
                ? "null"
                : "case when exists (select 1 from ticket t where t.group_id = finding_group.id and t.phase = 'OPEN') then 'open' end";
    }

    /** Marks what replicas of a version before the mark have settled, in an upgrade or while one had gone back to it. */
    public void markWhatOthersSettled() {
        mark("failing", UNMARKED_FAILING);
        mark("open", UNMARKED_OPEN);
    }

    private void mark(String end, String unmarked) {
        List<UUID> groups = database.client().sql(unmarked).query(UUID.class).list();
        Batches.write(database, MARK, groups, id -> new Object[] {end, id});
    }

    /**
     * What fails, and has a ticket that is done, passes the filter again: else no scan would ever bring it.
     *
     * @param comments whether a ticket that is done was told that the problem came back, and that is enough as long as it can be told
     */
    int release(String flow, boolean comments) {
        return Batches.write(database, RELEASE, marked(flow, "failing"), id -> new Object[] {id, comments});
    }

    /**
     * Where nothing fails any more, open tickets are to be resolved after all, as work of this run. What was resolved once is left
     * alone: a person has opened it again, or the instance keeps it open.
     */
    public int resolve(String flow, long run) {
        Object now = Times.sql(clock.instant());
        return Batches.write(database, RESOLVE, marked(flow, "open"), id -> new Object[] {now, run, id});
    }

    /** By their ids, and in their order: all at once, H2 went through the groups that nothing holds, which are nearly all. */
    private List<UUID> marked(String flow, String end) {
        return database.client()
                .sql(MARKED)
                .param("flow", flow)
                .param("end", end)
                .query(UUID.class)
                .list();
    }
}
