package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.budget.Urgencies;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What the breakers hold, let go by one command (P12). */
public final class Breakers {
    private final LedgerDatabase database;
    private final History history;
    private final Clock clock;

    public Breakers(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.history = new History(database, clock);
        this.clock = clock;
    }

    /**
     * Lets go everything that is held, as a run of its own and without an allowance: a person has looked at it.
     *
     * @param flow the flow, or null for all
     * @return how many groups are owed again
     */
    public int release(String flow) {
        List<String> flows = flow != null
                ? List.of(flow)
                : database.client()
                        .sql("select distinct flow from finding_group where held >= ''")
                        .query(String.class)
                        .list();
        int released = flows.stream().mapToInt(this::releaseFlow).sum();
        flows.forEach(new Urgencies(database)::rank);
        return released;
    }

    private int releaseFlow(String flow) {
        List<UUID> held = database.client()
                .sql("select id from finding_group where flow = :flow and held >= '' order by id")
                .param("flow", flow)
                .query(UUID.class)
                .list();
        return held.isEmpty()
                ? 0
                : database.transaction().execute(status -> {
                    long run = RunRows.insertDelivering(database, clock, flow, "what was released");
                    history.ofGroups(held, run, "released", "let go by a person; no breaker holds it again");
                    Object now = Times.sql(clock.instant());
                    // In the order of their ids, as the pages of a pass lock them.
                    return Batches.write(
                            database,
                            """
                    update finding_group set held = null, pending = true, let_go = true, due_at = ?, run_id = ?
                    where id = ? and held >= ''""",
                            held,
                            id -> new Object[] {now, run, id});
                });
    }
}
