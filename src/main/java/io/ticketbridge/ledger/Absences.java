package io.ticketbridge.ledger;

import io.ticketbridge.finding.Result;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Absence as evidence (P11): a failure that a complete scan does not name any more, within the scope that the scan proves it
 * covered, is gone; a real fix often replaces the resource, and then no pass ever comes. A scan that was empty, partial,
 * failed or filtered proves nothing.
 */
public final class Absences {
    private static final int BATCH = 500;
    private static final int FETCH = 1000;

    private record Absent(UUID id, long version, boolean listed) {}

    private final LedgerDatabase database;
    private final Clock clock;

    public Absences(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Turns the failures that the scan shows to be gone into passes of their groups, and counts them with the run. */
    void conclude(Run run) {
        if (!run.isComplete()) {
            return;
        }
        Map<UUID, List<Absent>> absent = find(run);
        Set<UUID> identities = new HashSet<>();
        Map<UUID, List<Absent>> batch = new TreeMap<>();
        int rows = 0;
        for (Map.Entry<UUID, List<Absent>> group : absent.entrySet()) {
            group.getValue().forEach(each -> identities.add(each.id()));
            batch.put(group.getKey(), group.getValue());
            rows += group.getValue().size();
            if (rows >= BATCH) {
                write(run, batch);
                batch.clear();
                rows = 0;
            }
        }
        write(run, batch);
        database.client()
                .sql("update run set absent_count = :absent where id = :id")
                .param("absent", identities.size())
                .param("id", run.id())
                .update();
    }

    private Map<UUID, List<Absent>> find(Run run) {
        Map<UUID, List<Absent>> absent = new TreeMap<>();
        // PostgreSQL streams only inside a transaction, and a flow may have a million failures (P36).
        database.transaction().executeWithoutResult(status -> {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            jdbc.setFetchSize(FETCH);
            jdbc.query(
                    """
                        select f.id, f.group_id, f.scope_id, f.source_scope, f.version, f.listed, g.shown
                        from finding f join finding_group g on g.id = f.group_id
                        where g.flow = ? and f.result = 0 and (g.grouping = ? or not g.released)""",
                    row -> {
                        UUID id = row.getObject(1, UUID.class);
                        if (run.covers(row.getObject(3, UUID.class), row.getObject(4, UUID.class))
                                && !run.notPassing().contains(id)) {
                            long version = row.getLong(5);
                            boolean listed = version > row.getLong(7) ? row.getBoolean(6) : true;
                            absent.computeIfAbsent(row.getObject(2, UUID.class), group -> new ArrayList<>())
                                    .add(new Absent(id, version, listed));
                        }
                    },
                    run.flow(),
                    run.facts().grouping());
        });
        return absent;
    }

    private void write(Run run, Map<UUID, List<Absent>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        OffsetDateTime now = Times.sql(clock.instant());
        List<Object[]> groups = new ArrayList<>();
        List<Object[]> findings = new ArrayList<>();
        List<Object[]> events = new ArrayList<>();
        batch.forEach((group, absent) -> {
            groups.add(new Object[] {run.id(), now, group});
            // The run's number below zero: it ended them, and did not read them.
            absent.forEach(each -> {
                findings.add(
                        new Object[] {Result.PASS.ordinal(), group, each.listed(), -run.id(), now, each.id(), group});
                events.add(History.absent(group, each.id(), run.id(), now));
            });
        });
        Set<UUID> ended = new HashSet<>();
        batch.values().forEach(absent -> absent.forEach(each -> ended.add(each.id())));
        database.transaction().executeWithoutResult(status -> {
            Handovers handovers = Handovers.before(database, run.flow(), ended);
            database.jdbc()
                    .batchUpdate(
                            """
                            update finding_group set version = version + 1, run_id = ?, pending = true, held = null,
                                due_at = ?, attempts = 0 where id = ?""",
                            groups);
            database.jdbc()
                    .batchUpdate(
                            """
                            update finding set result = ?, version = (select version from finding_group where id = ?),
                                listed = ?, run_id = ?, changed_at = ? where id = ? and group_id = ?""",
                            findings);
            History.write(database.jdbc(), events);
            handovers.settle();
        });
    }
}
