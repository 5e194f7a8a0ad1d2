package io.ticketbridge.policy;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Intent;
import java.time.Clock;

/** Asks the policy about a claimed group, with its flow's settings and what its run may still do (P12). Thread-safe. */
public final class FlowPolicy {
    private final Tickets tickets;
    private final Clock clock;

    public FlowPolicy(Tickets tickets, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    public Decision decide(GroupCase claimed, FlowSettings flow) {
        PolicySettings settings = new PolicySettings(
                flow.newTicketWhenStatus(),
                flow.newTicketAfterDays(),
                flow.onRecurrence(),
                flow.resolveWhenFixed(),
                flow.syncBack());
        GroupState group = claimed.group();
        return Policy.decide(group, claimed.latest(), settings, allowance(group, flow), clock.instant());
    }

    private Allowance allowance(GroupState group, FlowSettings flow) {
        return group.letGo()
                ? Allowance.UNLIMITED
                : new Allowance(
                        flow.maxNewTicketsPerRun() - tickets.writes(group.runId(), Intent.Kind.OPENED),
                        flow.maxClosuresPerRun() - tickets.writes(group.runId(), Intent.Kind.RESOLVED));
    }
}
