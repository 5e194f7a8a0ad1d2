package io.ticketbridge.ticket;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A ticket and the case or alert that it is kept in step with.
 *
 * @param agreement what both sides last agreed on
 * @param version counts the agreements, so that a note about a change has a name of its own
 * @param mark the ticket's {@link TicketRecord#mark} when they last agreed
 * @param sourceUpdatedAt when Vision One last changed the case, as seen when they last agreed; null if not known
 * @param ended why the two are no longer kept in step, if they are not
 * @param carried ids of the notes and files that are on the other side, or were refused there for good
 * @param sending ids of those that were sent once and may be on the other side
 * @param known references of the work notes that ticketbridge wrote on the ticket
 * @param written those of the writes since both last agreed: their answers were lost, what they said is said
 */
public record Pair(
        UUID groupId,
        int generation,
        Agreement agreement,
        long version,
        String mark,
        Instant sourceUpdatedAt,
        Optional<String> ended,
        Set<String> carried,
        Set<String> sending,
        Set<String> known,
        Set<String> written) {

    public boolean isOver() {
        return ended.isPresent();
    }

    /** The same, as if both sides had agreed on this. */
    public Pair basedOn(Agreement base) {
        return new Pair(
                groupId, generation, base, version, mark, sourceUpdatedAt, ended, carried, sending, known, written);
    }
}
