package io.ticketbridge.ticket;

import java.util.Optional;

/**
 * A claimed group with all that its fate depends on. The claim's fence grows with every claim: whoever holds an older one
 * has lost the group (P15, P35).
 *
 * @param intent what was intended for the group before and never recorded, if anything
 */
public record GroupCase(GroupState group, Optional<Ticket> latest, Optional<Intent> intent, long fence) {
    /** Nobody ever claimed the group before, so that nobody can have written or intended anything for it. */
    public boolean isFirst() {
        return fence == 1;
    }
}
