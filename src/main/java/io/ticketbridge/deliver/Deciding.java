package io.ticketbridge.deliver;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.budget.Quota;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Decision;

/** From what the policy decided to the intent that is recorded before anything is sent (P12, P15, P18). Thread-safe. */
public final class Deciding {
    private final Settings settings;
    private final Groups groups;
    private final Tickets tickets;
    private final Circuits circuits;
    private final History history;

    public Deciding(Settings settings, Groups groups, Tickets tickets, Circuits circuits, History history) {
        this.settings = settings;
        this.groups = groups;
        this.tickets = tickets;
        this.circuits = circuits;
        this.history = history;
    }

    /** Takes what the policy decided, unless the profile's circuit is open (P18). */
    public void take(Delivery delivery, Decision decision) {
        delivery.decide(decision);
        if (isWrite(decision.action()) && decision.action() != Action.OPEN) {
            delivery.take(settings.profileOf(delivery.ticket()));
        }
        if (isWrite(decision.action())) {
            holdIfRefused(delivery);
        }
        history.decided(delivery.claimed(), delivery.decision());
    }

    /** @return whether what is decided is held, since the profile's circuit for it is open */
    private boolean holdIfRefused(Delivery delivery) {
        String profile = delivery.profile().name();
        Decision decision = delivery.decision();
        Circuits.Kind kind = Circuits.Kind.of(decision.action());
        if (!circuits.isOpen(profile, kind)) {
            return false;
        }
        delivery.decide(new Decision(Action.HOLD, decision.generation(), circuits.reason(profile, kind)));
        return true;
    }

    private static boolean isWrite(Action action) {
        return action != Action.HOLD && action != Action.NOTHING;
    }

    /**
     * Just before sending: makes sure that the group is still ours, and records what is about to be sent; or turns to holding
     * it, if a breaker says so, or a circuit: whether a ticket in step is changed or resolved is known only now.
     */
    public void intend(Delivery delivery, ServiceNowCall call) {
        if (delivery.isInStep() && holdIfRefused(delivery)) {
            return;
        }
        Action action = delivery.decision().action();
        Quota quota = delivery.group().letGo() || delivery.group().head().isStorm()
                ? Quota.NONE
                : switch (action) {
                    case OPEN ->
                        new Quota(
                                delivery.flow().maxNewTicketsPerRun(),
                                delivery.flow().maxNewTicketsPerHour());
                    case RESOLVE -> Quota.perRun(delivery.flow().maxClosuresPerRun());
                    default -> Quota.NONE;
                };
        groups.intend(
                        delivery.claimed(),
                        delivery.writing(),
                        call.body(),
                        delivery.profile().name(),
                        delivery.profile().table(),
                        quota)
                .ifPresentOrElse(
                        delivery::intend,
                        () -> delivery.decide(new Decision(
                                Action.HOLD,
                                delivery.decision().generation(),
                                used(delivery, action).reason())));
    }

    private Breaker used(Delivery delivery, Action action) {
        if (action != Action.OPEN) {
            return Breaker.CLOSURES_PER_RUN;
        }
        return tickets.writes(delivery.group().runId()).opened()
                        >= delivery.flow().maxNewTicketsPerRun()
                ? Breaker.NEW_TICKETS_PER_RUN
                : Breaker.NEW_TICKETS_PER_HOUR;
    }

    /** Whether ServiceNow is to be written to. */
    public boolean isWrite(Delivery delivery) {
        return isWrite(delivery.decision().action());
    }
}
