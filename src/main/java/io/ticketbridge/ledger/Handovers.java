package io.ticketbridge.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Findings that are news of one scan and that a later scan of the same pass changes before anything was delivered: the
 * later one accounts for what becomes of them, to the earlier they are unchanged (P5).
 */
final class Handovers {
    private final LedgerDatabase database;
    private final String flow;
    private final Collection<UUID> findings;
    private final Map<Long, Set<UUID>> owedBefore;

    private Handovers(LedgerDatabase database, String flow, Collection<UUID> findings) {
        this.database = database;
        this.flow = flow;
        this.findings = findings;
        this.owedBefore = owed();
    }

    /** Looks at what is owed before the findings are written. */
    static Handovers before(LedgerDatabase database, String flow, Collection<UUID> findings) {
        return new Handovers(database, flow, findings);
    }

    /** The findings were written, in the same transaction. */
    void settle() {
        if (owedBefore.isEmpty()) {
            return;
        }
        Map<Long, Set<UUID>> owedNow = owed();
        owedBefore.forEach((run, before) -> {
            before.removeAll(owedNow.getOrDefault(run, Set.of()));
            database.jdbc()
                    .update("update run set unchanged_count = unchanged_count + ? where id = ?", before.size(), run);
        });
    }

    private Map<Long, Set<UUID>> owed() {
        Map<Long, Set<UUID>> owed = new HashMap<>();
        Batches.query(
                database,
                """
                    select f.run_id, f.id from finding f join run r on r.id = f.run_id
                    where f.id = any(?) and r.flow = ? and r.state = 'read'""",
                findings,
                row -> {
                    owed.computeIfAbsent(row.getLong(1), run -> new HashSet<>()).add(row.getObject(2, UUID.class));
                },
                flow);
        return owed;
    }
}
