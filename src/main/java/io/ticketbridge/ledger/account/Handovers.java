package io.ticketbridge.ledger.account;

import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Findings that are news of one run and that a later one changes before the account of the first is closed. What became of them by then
 * stays with the first; of those that nothing was delivered for, the later run accounts, and to the first they are unchanged (P5).
 */
public final class Handovers {
    private static final int UNCHANGED = 9;

    private final LedgerDatabase database;
    private final String flow;
    private final Collection<UUID> findings;
    private final Set<Long> open;
    private final Map<Long, Map<UUID, Integer>> before;

    private Handovers(LedgerDatabase database, String flow, Collection<UUID> findings) {
        this.database = database;
        this.flow = flow;
        this.findings = findings;
        this.open = open();
        this.before = outcomes();
    }

    /** Looks at what is known of them, before anything of them or of their groups is written, which are locked by now. */
    public static Handovers before(LedgerDatabase database, String flow, Collection<UUID> findings) {
        return new Handovers(database, flow, findings);
    }

    /** The findings were written, in the same transaction. */
    public void settle() {
        if (before.isEmpty()) {
            return;
        }
        Map<Long, Map<UUID, Integer>> now = outcomes();
        before.forEach((run, outcomes) -> {
            outcomes.keySet().removeAll(now.getOrDefault(run, Map.of()).keySet());
            keep(run, outcomes.values());
        });
    }

    /** By run, in the order in which all lock them: of each finding the strongest outcome. */
    private Map<Long, Map<UUID, Integer>> outcomes() {
        Map<Long, Map<UUID, Integer>> outcomes = new TreeMap<>();
        if (open.isEmpty()) {
            return outcomes;
        }
        Batches.query(database, Accounts.OF_FINDINGS, findings, row -> {
            if (open.contains(row.getLong("run_id"))) {
                outcomes.computeIfAbsent(row.getLong("run_id"), run -> new HashMap<>())
                        .merge(row.getObject("id", UUID.class), row.getInt("strength"), Math::min);
            }
        });
        return outcomes;
    }

    /**
     * Runs whose account is open: read, or a replay that goes on beside a pass. Passes leave the news of such a replay to it, and never the
     * other way round, so that no two lock each other's runs. Joined to the findings, they could lead PostgreSQL to all that the largest of
     * them has read.
     */
    private Set<Long> open() {
        return findings.isEmpty()
                ? Set.of()
                : new HashSet<>(database.client()
                        .sql("select id from run where flow = :flow and (state in ('read', 'delivering')"
                                + " or state = 'reading' and pass is null)")
                        .param("flow", flow)
                        .query(Long.class)
                        .list());
    }

    private void keep(long run, Collection<Integer> outcomes) {
        if (!outcomes.isEmpty()) {
            lockOpen(run).ifPresent(kept -> keep(run, kept, outcomes));
        }
    }

    private void keep(long run, Map<String, Long> kept, Collection<Integer> outcomes) {
        long unchanged = outcomes.stream().filter(each -> each == UNCHANGED).count();
        if (unchanged > 0) {
            database.jdbc().update("update run set unchanged_count = unchanged_count + ? where id = ?", unchanged, run);
        }
        if (unchanged < outcomes.size()) {
            outcomes.stream()
                    .filter(each -> each != UNCHANGED)
                    .forEach(each -> kept.merge(Accounts.BY_STRENGTH.get(each), 1L, Long::sum));
            database.jdbc().update("update run set account = ? where id = ?", Json.write(kept), run);
        }
    }

    /** What it keeps already; nobody closes its account until the page is written. Empty if somebody has: those findings are in it. */
    private Optional<Map<String, Long>> lockOpen(long run) {
        return database.client()
                .sql("select state, account from run where id = :run for update")
                .param("run", run)
                .query((row, number) -> row.getString("state").equals("done")
                        ? Optional.<Map<String, Long>>empty()
                        : Optional.of(kept(row.getString("state"), row.getString("account"))))
                .single();
    }

    /** Until its account is closed, a run keeps in its place what became of the findings that it handed over. */
    static Map<String, Long> kept(String state, String account) {
        Map<String, Long> kept = new LinkedHashMap<>();
        if (account != null && !state.equals("done")) {
            Json.map(account).forEach((outcome, count) -> kept.put(outcome, ((Number) count).longValue()));
        }
        return kept;
    }
}
