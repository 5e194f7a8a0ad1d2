package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.account.Handovers;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Absence as evidence (P11): a failure, or what is suppressed at the source, that a complete scan does not name any more, within the scope that the scan proves it
 * covered, is gone; a real fix often replaces the resource, and then no pass ever comes. A scan that was empty, partial,
 * failed or filtered proves nothing.
 */
public final class Absences {
    private static final int BATCH = 500;

    /** By key alone, and the rest compared here: see {@link FindingLookUp#SQL}. */
    private static final String FAILING =
            """
            select f.id, f.group_id, f.version, f.listed, g.flow, g.grouping, g.released, f.result, %s
            from finding f join finding_group g on g.id = f.group_id
            where f.id = any(?) and f.result in (0, 3)"""
                    .formatted(FindingRow.GROUP_OPEN);

    private static final String LOCKED = "select id, %s from finding_group where id = any(?)".formatted(GroupRows.TOLD);

    private record Absent(UUID id, long version, boolean listed, boolean failed) {
        boolean isListed(long told) {
            return version > told ? listed : failed;
        }
    }

    private final LedgerDatabase database;
    private final KnownFindings known;
    private final RunFigures figures;
    private final Clock clock;

    public Absences(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.known = new KnownFindings(database, KnownFindings.MANY);
        this.figures = new RunFigures(database, clock);
        this.clock = clock;
    }

    /** The failures that the scan shows to be gone. */
    void conclude(Run run) {
        if (run.isComplete()) {
            end(run, absent(run));
        }
    }

    /** Turns the failures that are gone into passes of their groups, and counts them with the run. */
    void end(Run run, Set<UUID> gone) {
        Map<UUID, List<Absent>> absent = find(run, gone);
        Set<UUID> identities = new HashSet<>();
        Map<UUID, List<Absent>> batch = new TreeMap<>();
        int rows = 0;
        for (Map.Entry<UUID, List<Absent>> group : absent.entrySet()) {
            group.getValue().stream().filter(Absent::failed).forEach(each -> identities.add(each.id()));
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

    private Set<UUID> absent(Run run) {
        if (!run.sightings().isLoaded()) {
            known.read(run);
        }
        return new HashSet<>(run.absent());
    }

    /** What the ledger says now of these failures, by their groups. */
    private Map<UUID, List<Absent>> find(Run run, Set<UUID> gone) {
        Map<UUID, List<Absent>> absent = new TreeMap<>();
        Batches.query(database, FAILING, gone, row -> {
            boolean isFollowed = run.facts().forms(row.getString(6)) || !row.getBoolean(7) || row.getBoolean(9);
            if (run.flow().equals(row.getString(5)) && isFollowed) {
                absent.computeIfAbsent(row.getObject(2, UUID.class), group -> new ArrayList<>())
                        .add(new Absent(
                                row.getObject(1, UUID.class),
                                row.getLong(3),
                                row.getBoolean(4),
                                row.getInt(8) == Result.FAIL.ordinal()));
            }
        });
        return absent;
    }

    private void write(Run run, Map<UUID, List<Absent>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        OffsetDateTime now = Times.sql(clock.instant());
        List<Object[]> groups = new ArrayList<>();
        List<Object[]> events = new ArrayList<>();
        batch.forEach((group, absent) -> {
            groups.add(new Object[] {run.id(), now, group});
            absent.forEach(each -> events.add(History.absent(group, each.id(), run.id(), now)));
        });
        Set<UUID> ended = new HashSet<>();
        batch.values().forEach(absent -> absent.forEach(each -> ended.add(each.id())));
        database.transaction().executeWithoutResult(status -> {
            List<Object[]> findings = new ArrayList<>();
            Batches.query(database, GroupRows.LOCK, batch.keySet(), row -> {});
            Batches.query(database, LOCKED, batch.keySet(), row -> {
                UUID group = row.getObject(1, UUID.class);
                long told = row.getLong(2);
                // The run's number below zero: it ended them, and did not read them.
                batch.get(group)
                        .forEach(each -> findings.add(new Object[] {
                            Result.PASS.ordinal(), group, each.isListed(told), -run.id(), now, each.id(), group
                        }));
            });
            Handovers handovers = Handovers.before(database, run.flow(), ended);
            database.jdbc()
                    .batchUpdate(
                            """
                            update finding_group set version = version + 1, run_id = ?, pending = true, held = null,
                                due_at = greatest(due_at, ?), attempts = 0 where id = ?""",
                            groups);
            database.jdbc()
                    .batchUpdate(
                            """
                            update finding set result = ?, version = (select version from finding_group where id = ?),
                                listed = ?, run_id = ?, changed_at = ?, suppression = null, keeps_open = false where id = ? and group_id = ?""",
                            findings);
            History.write(database.jdbc(), events);
            handovers.settle();
            // What was read since, elsewhere, would seem to be gone. The run's row last, as pages lock it.
            figures.require(run);
        });
    }
}
