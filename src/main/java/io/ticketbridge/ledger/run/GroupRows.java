package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Control;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Head;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the groups of a page. */
final class GroupRows {
    private final LedgerDatabase database;
    private final Clock clock;

    GroupRows(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Once they are locked. */
    void write(PageSession page, TreeMap<UUID, GroupWrite> groups) {
        JdbcTemplate jdbc = database.jdbc();
        OffsetDateTime now = Times.sql(clock.instant());
        List<Object[]> inserts = new ArrayList<>();
        List<Object[]> updates = new ArrayList<>();
        List<Object[]> backlog = new ArrayList<>();
        for (GroupWrite group : groups.values()) {
            if (group.isNew) {
                inserts.add(new Object[] {
                    group.id,
                    page.run.flow(),
                    Text.cut(group.key.label()),
                    Text.key(group.key.label()),
                    page.run.facts().groupingOf(group.key),
                    Json.write(group.arriving()),
                    page.run.id(),
                    !group.isQuiet(),
                    page.run.isSilent(),
                    now
                });
            } else if (!group.isQuiet()) {
                updates.add(new Object[] {
                    group.version,
                    Json.write(group.head),
                    page.run.id(),
                    group.isFlagged(),
                    !page.run.isSilent() && group.hasJoined(),
                    now,
                    group.id
                });
                if (page.run.isSilent() && group.hasJoined()) {
                    backlog.add(new Object[] {group.id, group.version});
                }
            }
        }
        Batches.send(
                jdbc,
                """
                insert into finding_group (id, flow, label, label_key, grouping, head, version, settled, shown, run_id, pending,
                    released, silenced, dead, due_at, attempts, fence)
                values (?, ?, ?, ?, ?, ?, 1, 0, 0, ?, ?, false, ?, false, ?, 0, 0)""",
                inserts);
        Batches.send(
                jdbc,
                """
                update finding_group set version = ?, head = ?, run_id = ?, pending = true,
                    released = released and not ?, silenced = silenced and not ?, dead = false, held = null,
                    due_at = greatest(due_at, ?), attempts = 0
                where id = ?""",
                updates);
        Batches.send(jdbc, SILENCE, backlog);
    }

    /**
     * What a scope that comes later brings is its backlog, also where another scope has had the group before (P13); but not where that
     * one's failures are there still, or a ticket that is open: there it joins.
     */
    private static final String SILENCE =
            """
            update finding_group set silenced = true
            where id = ? and not silenced
              and not exists (select 1 from finding f
                  where f.group_id = finding_group.id and f.result = 0 and f.version < ?)
              and not exists (select 1 from ticket t
                  where t.group_id = finding_group.id and t.phase in ('OPEN', 'INTENDED'))""";

    /** What its latest ticket shows, or will show once a write that is on its way is recorded: what was told by then is listed. */
    static final String TOLD =
            """
            greatest(shown, coalesce((select max(a.version) from action a
                where a.group_id = finding_group.id and a.state in ('intended', 'written')), 0))""";

    /** By themselves: PostgreSQL reads what is selected with a locked row as it was before the wait for the lock. */
    static final String LOCK = "select id from finding_group where id = any(?) order by id for update";

    private static final String LOCKED =
            "select id, version, %s, head, run_id from finding_group where id = any(?)".formatted(TOLD);

    /**
     * Tells each the version that it has by the page.
     *
     * @return those that another run than the page's was the last to write
     */
    Set<UUID> lock(TreeMap<UUID, GroupWrite> groups, Run run) {
        Set<UUID> others = new HashSet<>();
        Set<UUID> there = new HashSet<>();
        Batches.query(database, LOCK, groups.keySet(), row -> there.add(row.getObject(1, UUID.class)));
        Batches.query(database, LOCKED, there, row -> {
            GroupWrite group = groups.get(row.getObject(1, UUID.class));
            group.isNew = false;
            group.version = row.getLong(2) + (group.isQuiet() ? 0 : 1);
            group.told = row.getLong(3);
            group.head = headAfter(Json.head(row.getString(4)), group.arriving());
            if (row.getLong(5) != run.id()) {
                others.add(group.id);
            }
        });
        return others;
    }

    private static Head headAfter(Head before, Head arriving) {
        if (arriving == null) {
            return before;
        }
        Head speaks = arriving.finding().equals(before.finding()) ? arriving : before.orBetter(arriving);
        // One control of a source may come as several findings, one per standard: its ticket lists them all.
        return Control.isSameOwn(before.controls(), arriving.controls())
                ? speaks.withControls(before.controls()).withControls(arriving.controls())
                : speaks;
    }
}
