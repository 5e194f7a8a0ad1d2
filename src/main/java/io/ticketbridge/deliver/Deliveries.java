package io.ticketbridge.deliver;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ledger.DeadLetters;
import io.ticketbridge.ledger.Groups;
import io.ticketbridge.ledger.HeldGroups;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Intents;
import io.ticketbridge.ledger.Pairs;
import io.ticketbridge.ledger.Quota;
import io.ticketbridge.ledger.TicketRecords;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.DeliveryListener;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.TicketRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;

/** The steps of P15's cycle as the routes call them: claim, decide, intend, record, settle. Thread-safe. */
public final class Deliveries {
    private final Settings settings;
    private final Groups groups;
    private final Tickets tickets;
    private final Intents intents;
    private final TicketRecords records;
    private final Pairs pairs;
    private final DeadLetters deadLetters;
    private final History history;
    private final Circuits circuits;
    private final Trail trail;
    private final Logger log;
    private final Adoption adoption;
    private final Settling settling;
    private final Recording recording;
    private final IntentLookUp lookUp;

    /** @param log where each write is said; a plan says nothing of what it does not do */
    public Deliveries(
            Settings settings,
            Groups groups,
            Tickets tickets,
            Intents intents,
            TicketRecords records,
            Pairs pairs,
            HeldGroups held,
            MovedRecords moved,
            DeadLetters deadLetters,
            History history,
            Attachments attachments,
            Dictionaries dictionaries,
            DeliveryListener listener,
            Circuits circuits,
            Trail trail,
            Logger log) {
        this.settings = settings;
        this.groups = groups;
        this.tickets = tickets;
        this.intents = intents;
        this.records = records;
        this.pairs = pairs;
        this.deadLetters = deadLetters;
        this.history = history;
        this.circuits = circuits;
        this.trail = trail;
        this.log = log;
        adoption = new Adoption(settings, groups, records, history, moved, log);
        settling = new Settling(groups, intents, held, deadLetters, history, log);
        recording = new Recording(
                groups,
                tickets,
                records,
                pairs,
                deadLetters,
                attachments,
                dictionaries,
                listener,
                circuits,
                settling,
                log);
        lookUp = new IntentLookUp(groups, intents, records, recording, moved);
    }

    /** @return the group, claimed, or null if there is nothing to do about it here and now */
    public Delivery claim(UUID id, Exchange exchange) {
        LastAnswer.forget();
        // What has not begun when a stop is asked for stays owed: a long queue must not hold up the end.
        Delivery delivery = exchange.getContext().isStopping() ? null : claim(id);
        // Where a step fails, the body may be anything: the error route finds the delivery here.
        exchange.setProperty("delivery", delivery);
        if (delivery == null) {
            trail.leave();
        } else {
            trail.follow(delivery.group().runId());
        }
        return delivery;
    }

    private Delivery claim(UUID id) {
        Optional<GroupCase> claimed = groups.claim(id);
        if (claimed.isEmpty()) {
            return null;
        }
        GroupCase group = claimed.get();
        if (!settings.delivers(group.group().flow())) {
            // Nothing of such a flow is handed out here: what it owes waits for whoever delivers for it.
            groups.postpone(group);
            return null;
        }
        FlowSettings flow = settings.flows().get(group.group().flow());
        Delivery delivery = new Delivery(flow, settings.profiles().get(flow.profile()), group);
        if (hasIntent(delivery)) {
            takeProfileOfTicket(delivery);
        }
        return delivery;
    }

    /**
     * A step of a route chooses the profile of the ticket that may be opened. A ticket that is there keeps its own, and so does
     * one that was intended and not recorded.
     *
     * @throws IllegalArgumentException if there is no such profile, or the flow is kept in step, whose new tickets are of one
     *     table with one set of maps
     */
    public void useProfile(Delivery delivery, String name) {
        ProfileSettings chosen = settings.profiles().get(name);
        if (chosen == null) {
            throw new IllegalArgumentException("A route chose the profile " + name + " for flow "
                    + delivery.flow().name() + ", and there is none: set ticketbridge.profile." + name
                    + ".table, or choose one of " + settings.profiles().keySet());
        }
        if (delivery.flow().syncBack()) {
            throw new IllegalArgumentException("A route chose the profile " + name + " for flow "
                    + delivery.flow().name() + ", which is kept in step and has one profile: make two flows with a"
                    + " source-filter each, or set ticketbridge.flow."
                    + delivery.flow().name() + ".sync-back=false");
        }
        Lifecycle lifecycle = Lifecycle.of(chosen.table());
        if (!lifecycle.knows(delivery.flow().newTicketWhenStatus())) {
            throw new IllegalArgumentException("A route chose the profile " + name + " for flow "
                    + delivery.flow().name() + ", whose new-ticket-when-status "
                    + delivery.flow().newTicketWhenStatus() + " is no state of " + chosen.table()
                    + ": choose a profile of a table with that state, or one of " + lifecycle.labels());
        }
        if (!hasIntent(delivery)) {
            delivery.take(chosen);
        }
    }

    private void takeProfileOfTicket(Delivery delivery) {
        delivery.take(settings.profileOf(delivery.ticket()));
    }

    public boolean hasIntent(Delivery delivery) {
        return delivery.getIntent() != null;
    }

    /** Whether it is open if ServiceNow has what was intended. */
    public boolean isInDoubt(Delivery delivery) {
        return hasIntent(delivery) && !delivery.getIntent().written();
    }

    public boolean isUndecided(Delivery delivery) {
        return !hasIntent(delivery);
    }

    /** Whether a record that is there already may be the group's (P13): asked before a ticket is opened. */
    public boolean mayAdopt(Delivery delivery) {
        return adoption.mayAdopt(delivery);
    }

    /** Whether any other record may be: only a group that never had a ticket. */
    public boolean mayAdoptQueried(Delivery delivery) {
        return adoption.mayAdoptQueried(delivery);
    }

    /** Finds records that carry the group's correlation id, of whatever generation. */
    public ServiceNowCall adoptable(Delivery delivery) {
        return adoption.adoptable(delivery);
    }

    /** Takes over the newest generation there is, if the ledger does not know it. */
    public Delivery adopt(Delivery delivery, List<Map<String, Object>> rows) {
        return adoption.adopt(delivery, rows);
    }

    /** Takes over the one open record that the profile's query finds; of several it can't be told which is meant. */
    public Delivery adoptQueried(Delivery delivery, List<Map<String, Object>> rows) {
        return adoption.adoptQueried(delivery, rows);
    }

    /** Takes what the policy decided, unless the profile's circuit is open (P18). */
    public void take(Delivery delivery, Decision decision) {
        delivery.decide(decision);
        if (isWrite(decision.action()) && decision.action() != Action.OPEN) {
            takeProfileOfTicket(delivery);
        }
        if (isWrite(decision.action())) {
            holdIfRefused(delivery);
        }
        history.decided(delivery.claimed(), delivery.getDecision());
    }

    /** @return whether what is decided is held, since the profile's circuit for it is open */
    private boolean holdIfRefused(Delivery delivery) {
        String profile = delivery.profile().name();
        Decision decision = delivery.getDecision();
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
        Action action = delivery.getDecision().action();
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
                                delivery.getDecision().generation(),
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

    /** Before each request of several that belong to one intent: all together may take longer than a claim lasts. */
    public void keep(Delivery delivery) {
        groups.keep(delivery.claimed());
    }

    /** The query that finds what an intent may have left behind, by its key. */
    public ServiceNowCall lookUp(Delivery delivery) {
        return lookUp.lookUp(delivery);
    }

    /** Takes the answer of a look-up. */
    public void lookedUp(Delivery delivery, List<Map<String, Object>> rows) {
        lookUp.lookedUp(delivery, rows);
        if (!hasIntent(delivery)) {
            // ServiceNow does not have it: what is opened is of the table that the profile has by now.
            delivery.take(settings.profiles().get(delivery.profile().name()));
        }
    }

    /** ServiceNow answered the write: verified, recorded, said. */
    public void record(Delivery delivery, Map<String, Object> answer) {
        recording.record(delivery, answer);
    }

    /** Takes the plan that brings the ticket into step, and what it asks of ServiceNow as the decision. */
    public void plan(Delivery delivery, SyncPlan plan, Sourced sourced, TicketRecord record) {
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
        delivery.decide(new Decision(plan.action(), delivery.getDecision().generation(), plan.reason()));
        if (plan.leavesSourceAlone()) {
            history.decided(delivery.claimed(), delivery.getDecision());
        }
    }

    /** Whether ServiceNow is to be written to. */
    public boolean isWrite(Delivery delivery) {
        return isWrite(delivery.getDecision().action());
    }

    /**
     * What was looked up is written: settled, or, where both sides are kept in step, decided anew, for it is only a part of
     * what was to be done.
     */
    public Delivery settleLookedUp(Delivery delivery, Exchange exchange) {
        if (!delivery.isInStep()) {
            settle(delivery);
            return delivery;
        }
        intents.done(delivery.getIntent());
        Delivery again = delivery.again(groups.reload(delivery.claimed()));
        exchange.setProperty("delivery", again);
        return again;
    }

    /** A new ticket is settled; one that is kept in step is looked at once more, so that its case is told of it. */
    public void settleOpened(Delivery delivery) {
        settling.settleOpened(delivery);
    }

    /** Nothing is owed any more, attachments included. */
    public void settle(Delivery delivery) {
        settling.settle(delivery);
        if (delivery.isFileAwaited()) {
            pairs.stir(delivery.ticket());
        }
    }

    /** A breaker or an open circuit holds the group (P12, P18). */
    public void hold(Delivery delivery) {
        settling.hold(delivery);
    }
}
