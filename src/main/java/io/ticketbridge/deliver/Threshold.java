package io.ticketbridge.deliver;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;

/** Whether a ticket has reached the status from which it blocks no other (P7). */
final class Threshold {
    private final FlowSettings flow;

    Threshold(FlowSettings flow) {
        this.flow = flow;
    }

    /** @param active ServiceNow's {@code active} */
    boolean isReached(String table, Seen seen, boolean active) {
        return !blocksAgain(seen) && Lifecycle.of(table).hasReached(seen.state(), active, flow.newTicketWhenStatus());
    }

    /** Where what comes back reopens its ticket, one that is open needs no reopening, whatever it once reached (P9). */
    boolean blocksAgain(Seen seen) {
        return flow.onRecurrence() == OnRecurrence.REOPEN && seen.phase() == Phase.OPEN;
    }
}
