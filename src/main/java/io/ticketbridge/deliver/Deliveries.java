package io.ticketbridge.deliver;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Renewal;
import io.ticketbridge.ticket.GroupCase;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Groups that are claimed, and what routes ask of them. The cycle of P15 goes on with {@link Deciding}, {@link Recording} and
 * {@link Settling}. Thread-safe.
 */
public final class Deliveries {
    private final Settings settings;
    private final Groups groups;
    private final Trail trail;
    private final DroppedGroups dropped = new DroppedGroups();

    public Deliveries(Settings settings, Groups groups, Trail trail) {
        this.settings = settings;
        this.groups = groups;
        this.trail = trail;
    }

    /** @return the group, claimed, or null if there is nothing to do about it here and now */
    public Delivery claim(UUID id, Exchange exchange) {
        LastAnswer.forget();
        Renewal.over();
        // What has not begun when a stop is asked for stays owed: a long queue must not hold up the end.
        Delivery delivery = exchange.getContext().isStopping() ? null : claim(id);
        // Where a step fails, the body may be anything: the error route finds the delivery here.
        Delivery.put(exchange, delivery);
        if (delivery == null) {
            Renewal.over();
            trail.leave();
        } else {
            trail.follow(delivery.group().runId());
            dropped.watch(exchange);
            exchange.getExchangeExtension().addOnCompletion(new ClaimOver());
        }
        return delivery;
    }

    /** A claim is one delivery's: what its thread does after that must not be measured by it. */
    private static final class ClaimOver extends SynchronizationAdapter {
        @Override
        public void onDone(Exchange exchange) {
            Renewal.over();
        }
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
            delivery.take(settings.profileOf(delivery.ticket()));
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
                    + delivery.flow().name() + ", which is kept in step and has one profile: take the step out of the"
                    + " route, or set ticketbridge.flow."
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

    public boolean hasIntent(Delivery delivery) {
        return delivery.intent() != null;
    }

    /** Whether it is open if ServiceNow has what was intended. */
    public boolean isInDoubt(Delivery delivery) {
        return hasIntent(delivery) && !delivery.intent().written();
    }

    public boolean isUndecided(Delivery delivery) {
        return !hasIntent(delivery);
    }

    /** Before each request of several that belong to one intent: all together may take longer than a claim lasts. */
    public void keep(Delivery delivery) {
        groups.keep(delivery.claimed());
    }
}
