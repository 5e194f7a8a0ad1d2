package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.GroupCase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What breakers hold, and how it goes on by itself (P11, P12): never more at once than the breaker lets through. */
public final class HeldGroups {
    private final LedgerDatabase database;
    private final Tickets tickets;
    private final History history;
    private final Clock clock;

    public HeldGroups(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.tickets = new Tickets(database, clock);
        this.history = new History(database, clock);
        this.clock = clock;
    }

    /**
     * A breaker is used up: holds all that would open a first ticket at once, instead of one by one.
     *
     * @param claimed the group that found it so
     */
    public void holdSurplus(GroupCase claimed, String reason) {
        boolean ofRun = reason.equals(Breaker.NEW_TICKETS_PER_RUN.reason());
        Instant now = clock.instant();
        List<UUID> surplus = database.client()
                .sql(
                        """
                        select id from finding_group g where flow = :flow and pending and not let_go and not silenced
                          and grouping <> 'storm'
                          and (lease_until is null or lease_until < :now) and (run_id = :run or not :ofRun)
                          and not exists (select 1 from ticket t where t.group_id = g.id)
                          and exists (select 1 from finding f where f.group_id = g.id and f.result = 0)
                        order by id""")
                .param("flow", claimed.group().flow())
                .param("now", Times.sql(now))
                .param("run", claimed.group().runId())
                .param("ofRun", ofRun)
                .query(UUID.class)
                .list();
        // Another worker may claim or change one meanwhile: then it has the say.
        Batches.write(
                database,
                """
                update finding_group set pending = false, held = ?
                where id = ? and pending and not let_go and (lease_until is null or lease_until < ?)""",
                surplus,
                id -> new Object[] {reason, id, Times.sql(now)});
        history.ofGroups(surplus, claimed.group().runId(), History.HELD, reason);
    }

    /** Flows of which {@code max-new-tickets-per-hour} holds something. */
    List<String> flowsHeldByTheHour() {
        return database.client()
                .sql("select distinct flow from finding_group where held = :reason")
                .param("reason", Breaker.NEW_TICKETS_PER_HOUR.reason())
                .query(String.class)
                .list();
    }

    /** How many tickets a new run of the flow may open now. */
    int room(String flow, FlowFacts facts) {
        int perRun = facts.newTicketsPerRun();
        return facts.newTicketsPerHour().isEmpty()
                ? perRun
                : Math.min(perRun, facts.newTicketsPerHour().getAsInt() - tickets.openedInTheLastHour(flow));
    }

    /** Whether anything is held that a new run of the flow would let go on now. */
    boolean mayGoOn(String flow, FlowFacts facts) {
        List<String> reasons = database.client()
                .sql("select distinct held from finding_group where flow = :flow and held >= ''")
                .param("flow", flow)
                .query(String.class)
                .list();
        return reasons.stream().anyMatch(reason -> !Breaker.openingReasons().contains(reason))
                || !reasons.isEmpty() && room(flow, facts) > 0;
    }

    /**
     * What was held for any other reason than too many new tickets goes on with the run.
     *
     * @return how many groups
     */
    int goOn(String flow, long run) {
        List<UUID> next = database.client()
                .sql(
                        """
                        select id from finding_group
                        where flow = :flow and held >= '' and held not in (:opening) order by id""")
                .param("flow", flow)
                .param("opening", Breaker.openingReasons())
                .query(UUID.class)
                .list();
        goOn(next, run);
        return next.size();
    }

    /**
     * So many of those that would open a ticket go on with the run, the most urgent first.
     *
     * @return how many groups
     */
    int open(String flow, int most, long run) {
        List<UUID> next = next(flow, Breaker.openingReasons(), most);
        goOn(next, run);
        return next.size();
    }

    /** So many of those that an hour's breaker holds go on, if there are any, as a run of their own. */
    void openOfTheHour(String flow, int most) {
        List<UUID> next = next(flow, List.of(Breaker.NEW_TICKETS_PER_HOUR.reason()), most);
        if (!next.isEmpty()) {
            database.transaction()
                    .executeWithoutResult(status ->
                            goOn(next, RunRows.insertDelivering(database, clock, flow, "what was held for the hour")));
        }
    }

    private List<UUID> next(String flow, List<String> reasons, int most) {
        return database.client()
                .sql(
                        """
                        select id from (
                            select id from finding_group where flow = :flow and held in (:reasons)
                            order by urgency, due_at, label, id limit :most) as next
                        order by id""")
                .param("flow", flow)
                .param("reasons", reasons)
                .param("most", Math.max(0, most))
                .query(UUID.class)
                .list();
    }

    /** @param ids in order, as pages lock them, which go on beside a replay */
    private void goOn(List<UUID> ids, long run) {
        Batches.write(
                database,
                "update finding_group set held = null, pending = true, due_at = ?, run_id = ? where id = ? and held is not null",
                ids,
                id -> new Object[] {Times.sql(clock.instant()), run, id});
    }
}
