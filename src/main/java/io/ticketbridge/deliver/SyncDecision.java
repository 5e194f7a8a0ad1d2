package io.ticketbridge.deliver;

import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.ticket.TicketRecords;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.TicketRecord;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** Takes the plan that brings a ticket into step, and what it asks of ServiceNow as the decision (P23). Thread-safe. */
public final class SyncDecision {
    private final Drafts drafts;
    private final TicketRecords records;
    private final DeadLetters deadLetters;
    private final History history;
    private final Logger log;

    public SyncDecision(Drafts drafts, TicketRecords records, DeadLetters deadLetters, History history, Logger log) {
        this.drafts = drafts;
        this.records = records;
        this.deadLetters = deadLetters;
        this.history = history;
        this.log = log;
    }

    /** What can't be kept in step is a dead letter; all else goes on. */
    public void take(Delivery delivery, SyncPlan planned, Sourced sourced, TicketRecord record) {
        delivery.plan(planned, sourced.finding().orElse(null), record);
        Optional<String> letter = deadLetters.open().notTaken(delivery.group().id());
        delivery.triesAgain(letter.isPresent());
        SyncPlan plan = isSentOnceMore(delivery, planned, record, letter)
                ? planned.telling("what ServiceNow did not take before is sent once more")
                : planned;
        delivery.plan(plan, sourced.finding().orElse(null), record);
        if (!record.present()) {
            records.deleted(delivery.ticket());
        }
        if (!plan.problems().isEmpty()) {
            String problem =
                    plan.problems().stream().map(SyncPlan.Problem::text).collect(Collectors.joining("; "));
            log.error(
                    "A ticket can't be kept in step. number={} flow={} cause=\"{}\"",
                    delivery.ticket().number(),
                    delivery.flow().name(),
                    problem);
            delivery.notTaken();
            deadLetters.refused(
                    delivery.flow().name(),
                    delivery.group().runId(),
                    plan.problems().get(0).kind(),
                    delivery.group().id(),
                    problem,
                    "");
        }
        delivery.decide(new Decision(plan.action(), delivery.decision().generation(), plan.reason()));
        if (plan.leavesSourceAlone()) {
            history.decided(delivery.claimed(), delivery.decision());
        }
    }

    /**
     * A replay forgets what was sent, but for the key: what its letter names is written then, also where neither side has changed it.
     * Tickets that were adopted, or found after an answer was lost, have no more than the key either; they have no such letter.
     */
    private boolean isSentOnceMore(Delivery delivery, SyncPlan plan, TicketRecord record, Optional<String> letter) {
        Set<String> known = delivery.ticket().sentFields().keySet();
        boolean isForgotten = plan.ended().isEmpty()
                && record.phase() != Phase.CLOSED
                && delivery.group().headChanged()
                && !known.isEmpty()
                && KeyColumns.ALL.containsAll(known);
        if (!isForgotten) {
            return false;
        }
        letter.ifPresent(problem -> delivery.sendOnceMore(Verification.columns(problem)));
        return plan.action() == Action.NOTHING && drafts.isOwedOnceMore(delivery);
    }
}
