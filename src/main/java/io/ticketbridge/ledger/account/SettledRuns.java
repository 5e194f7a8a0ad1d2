package io.ticketbridge.ledger.account;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs that were read to their end and owe nothing any more: no group is owed as their work, and none of their findings waits for its
 * group. Asked once for all runs, of the groups that are owed, of which there are few at the end; by a finding's group, never by its run,
 * which may have a million.
 */
final class SettledRuns {
    static final String OWING = "select distinct g.run_id from finding_group g where g.pending = true and g.flow = ?";

    /** A group may be a later run's work by now, and hold findings of an earlier one that wait with it. */
    static final String WAITING =
            """
            select distinct f.run_id from finding_group g join finding f on f.group_id = g.id and f.version > g.settled
            where g.pending = true and g.flow = ?""";

    private final LedgerDatabase database;

    SettledRuns(LedgerDatabase database) {
        this.database = database;
    }

    /** Their accounts are still open. */
    Set<Long> find() {
        Map<String, Set<Long>> open = new TreeMap<>();
        database.jdbc().query("select flow, id from run where state = 'delivering'", row -> {
            open.computeIfAbsent(row.getString(1), flow -> new TreeSet<>()).add(row.getLong(2));
        });
        Set<Long> settled = new TreeSet<>();
        open.forEach((flow, runs) -> {
            // In this order: work is taken over by a later run at any time, and then its findings wait; never the
            // reverse.
            without(runs, OWING, flow);
            without(runs, WAITING, flow);
            settled.addAll(runs);
        });
        return settled;
    }

    private void without(Set<Long> runs, String owing, String flow) {
        if (!runs.isEmpty()) {
            runs.removeAll(new HashSet<>(database.jdbc().query(owing, (row, number) -> row.getLong(1), flow)));
        }
    }
}
