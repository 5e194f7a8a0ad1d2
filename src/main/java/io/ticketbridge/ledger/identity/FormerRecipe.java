package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupIdentity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How an earlier version named what it saw: with it a ledger of that version is read on without new tickets (P3). */
@FunctionalInterface
public interface FormerRecipe {
    /** Those of earlier versions. They digested as {@link Finding#RECIPE} says; what went in was another account or region. */
    List<FormerRecipe> SHIPPED = List.of(FormerPlaces::asItWas, FormerPlaces::withItsRegion);

    /** The finding as that version read it; empty where it named it and its groups as this one does. */
    Optional<Finding> former(Finding finding);

    /** The id that it had. */
    default UUID finding(Finding former) {
        return former.id();
    }

    /** The id that a group of it had. */
    default UUID group(GroupIdentity former) {
        return former.id();
    }
}
