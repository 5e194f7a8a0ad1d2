package io.ticketbridge.deliver;

import io.ticketbridge.config.Baseline;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.run.HeldGroups;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Phase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;

/** Ends a delivery: nothing is owed any more, or a breaker holds the group. Thread-safe. */
public final class Settling {
    private final Groups groups;
    private final Intents intents;
    private final HeldGroups held;
    private final Pairs pairs;
    private final DeadLetters deadLetters;
    private final History history;
    private final Logger log;
    private final Set<Long> heldRuns = ConcurrentHashMap.newKeySet();

    /** @param log where each write is said; a plan says nothing of what it does not do */
    public Settling(
            Groups groups,
            Intents intents,
            HeldGroups held,
            Pairs pairs,
            DeadLetters deadLetters,
            History history,
            Logger log) {
        this.groups = groups;
        this.intents = intents;
        this.held = held;
        this.pairs = pairs;
        this.deadLetters = deadLetters;
        this.history = history;
        this.log = log;
    }

    /** A new ticket is settled; one that is kept in step is looked at once more, so that its case is told of it. */
    public void settleOpened(Delivery delivery) {
        settle(delivery, delivery.isInStep());
    }

    /** Nothing is owed any more, attachments included. */
    public void settle(Delivery delivery) {
        settle(delivery, isAnotherLeftOpen(delivery));
        if (delivery.isFileAwaited()) {
            pairs.stir(delivery.ticket());
        }
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
        intents.done(delivery.intent());
        Delivery again = delivery.again(groups.reload(delivery.claimed()));
        Delivery.put(exchange, again);
        return again;
    }

    /** Once the latest is resolved, those before it that were left open follow, each with an intent of its own. */
    static boolean isAnotherLeftOpen(Delivery delivery) {
        return delivery.isOver()
                && delivery.intent() != null
                && delivery.intent().kind() == Intent.Kind.RESOLVED
                && delivery.claimed().tickets().stream()
                        .skip(1)
                        .anyMatch(
                                ticket -> ticket.phase() == Phase.OPEN && ticket.generation() != delivery.generation());
    }

    private void settle(Delivery delivery, boolean again) {
        if (!delivery.isSettled()) {
            groups.atOnce(delivery.claimed(), () -> settleNow(delivery, again));
            delivery.settled();
        }
    }

    private void settleNow(Delivery delivery, boolean again) {
        if (delivery.intent() != null) {
            intents.done(delivery.intent());
        }
        long version = delivery.intent() == null
                ? delivery.group().version()
                : delivery.intent().version();
        if (again) {
            groups.settleAndLookAgain(delivery.claimed(), version);
        } else {
            groups.settle(delivery.claimed(), version);
        }
        closeLetters(delivery);
    }

    /** Those of an earlier try, unless this one has left one, too. */
    void closeLetters(Delivery delivery) {
        if (!delivery.isNotTaken() && !delivery.claimed().isFirst()) {
            if (isOnlyALook(delivery)) {
                deadLetters.settleButNotTaken(delivery.group().id());
            } else {
                deadLetters.settle(delivery.group().id());
            }
        }
    }

    /** Both sides agree, which says nothing of columns that only the profile has. Of a ticket that is over nobody needs them. */
    private static boolean isOnlyALook(Delivery delivery) {
        return delivery.isInStep()
                && delivery.intent() == null
                && delivery.record() != null
                && !delivery.record().phase().isOver();
    }

    /** A breaker or an open circuit holds the group (P12, P18). */
    public void hold(Delivery delivery) {
        String reason = delivery.decision().reason();
        if (heldRuns.add(delivery.group().runId())) {
            log.warn(
                    "Tickets are held; they follow with the next pass or with release. flow={} reason=\"{}\"",
                    delivery.flow().name(),
                    reason);
            // What may be adopted is looked for one by one, and so held one by one.
            if (Breaker.holdsOpenings(reason) && delivery.flow().baseline() != Baseline.ADOPT) {
                held.holdSurplus(delivery.claimed(), reason);
            }
        }
        history.decided(delivery.claimed(), delivery.decision());
        groups.hold(delivery.claimed(), reason);
        delivery.settled();
    }
}
