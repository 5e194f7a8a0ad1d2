package io.ticketbridge.sync;

import io.ticketbridge.ticket.SyncField;
import java.util.Optional;

/** How the values of a case or alert and of its ticket go together. */
public interface Translation {
    /** The source's value for a value of the ticket; empty if there is none. */
    Optional<String> toSource(SyncField field, String ticketValue);

    /** Whether the two say the same. */
    boolean agrees(SyncField field, String sourceValue, String ticketValue);

    /** Whether the ticket has a way to say this value of the source. */
    default boolean reachesTicket(SyncField field, String sourceValue) {
        return true;
    }
}
