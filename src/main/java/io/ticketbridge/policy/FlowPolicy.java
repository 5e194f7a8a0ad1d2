package io.ticketbridge.policy;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ledger.ticket.Writes;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import java.time.Clock;
import java.util.OptionalInt;

/** Asks the policy about a claimed group, with its flow's settings and what its run may still do (P12). Thread-safe. */
public final class FlowPolicy {
    private final Tickets tickets;
    private final Clock clock;

    public FlowPolicy(Tickets tickets, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    public Decision decide(GroupCase claimed, FlowSettings flow) {
        GroupState group = claimed.group();
        PolicySettings settings = group.head().isStorm() ? ofSummary(flow) : of(flow);
        return Policy.decide(
                group, claimed.latest(), claimed.leftOpen(), settings, allowance(group, flow), clock.instant());
    }

    private static PolicySettings of(FlowSettings flow) {
        return new PolicySettings(
                flow.newTicketWhenStatus(),
                flow.newTicketAfterDays(),
                flow.onRecurrence(),
                flow.resolveWhenFixed(),
                flow.syncBack());
    }

    /** A summary ticket ends with the storm, whatever the flow's own tickets do. */
    private static PolicySettings ofSummary(FlowSettings flow) {
        return new PolicySettings(
                flow.newTicketWhenStatus(), OptionalInt.empty(), OnRecurrence.NEW_TICKET, true, false);
    }

    private Allowance allowance(GroupState group, FlowSettings flow) {
        if (group.letGo() || group.head().isStorm()) {
            return Allowance.UNLIMITED;
        }
        Writes made = tickets.writes(group.runId());
        int ofRun = flow.maxNewTicketsPerRun() - made.opened();
        int ofHour = flow.maxNewTicketsPerHour().isEmpty()
                ? Integer.MAX_VALUE
                : flow.maxNewTicketsPerHour().getAsInt() - tickets.openedInTheLastHour(group.flow());
        return new Allowance(
                Math.min(ofRun, ofHour),
                flow.maxClosuresPerRun() - made.resolved(),
                ofHour < ofRun ? Breaker.NEW_TICKETS_PER_HOUR : Breaker.NEW_TICKETS_PER_RUN);
    }
}
