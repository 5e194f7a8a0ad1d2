package io.ticketbridge.ledger.ticket;

import java.util.UUID;

/**
 * The few tickets that a run may still open belong to groups that are more urgent and due as well (P12, P19): this one was only quicker. It
 * stays owed and comes back; a breaker holds it once they have taken what there is.
 */
public final class WorseComesFirst extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorseComesFirst(UUID group) {
        super("Group " + group + " waits for groups that are more urgent");
    }
}
