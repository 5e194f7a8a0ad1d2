package io.ticketbridge.ledger;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupIdentity;
import java.util.List;
import java.util.UUID;

/** How an earlier version named what it saw: with it a ledger of that version is read on without new tickets (P3). */
public interface FormerRecipe {
    /** Those of versions that were released; the present one is {@link Finding#RECIPE}. */
    List<FormerRecipe> SHIPPED = List.of();

    /** The id that the finding had. */
    UUID finding(Finding finding);

    /** The id that the group had. */
    UUID group(GroupIdentity group);
}
