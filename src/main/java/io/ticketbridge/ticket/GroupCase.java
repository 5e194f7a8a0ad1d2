package io.ticketbridge.ticket;

import java.util.List;
import java.util.Optional;

/**
 * A claimed group with all that its fate depends on. The claim's fence grows with every claim: whoever holds an older one
 * has lost the group (P15, P35).
 *
 * @param tickets of all generations, the latest first
 * @param intent what was intended for the group before and never recorded, if anything
 */
public record GroupCase(GroupState group, List<Ticket> tickets, Optional<Intent> intent, long fence) {
    public Optional<Ticket> latest() {
        return tickets.stream().findFirst();
    }

    /** The oldest of those that are still open although another followed (P8). */
    public Optional<Ticket> leftOpen() {
        return tickets.stream()
                .skip(1)
                .filter(ticket -> ticket.phase() == Phase.OPEN)
                .reduce((newer, older) -> older);
    }

    /** Nobody ever claimed the group before, so that nobody can have written or intended anything for it. */
    public boolean isFirst() {
        return fence == 1;
    }
}
