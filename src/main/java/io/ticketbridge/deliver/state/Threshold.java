package io.ticketbridge.deliver.state;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;

/** Whether a ticket has reached the status from which it blocks no other (P7). The setting is of the table of the flow's profile. */
public final class Threshold {
    private final FlowSettings flow;
    private final Lifecycle usual;

    public Threshold(Settings settings, String flow) {
        this.flow = settings.flows().get(flow);
        this.usual = Lifecycle.of(settings.profiles().get(this.flow.profile()).table());
    }

    /** @param active ServiceNow's {@code active} */
    public boolean isReached(String table, Seen seen, boolean active) {
        return !blocksAgain(seen) && hasReached(table, seen, active);
    }

    /** The same of what is kept in step, and reopened with its case. */
    boolean hasReached(String table, Seen seen, boolean active) {
        Lifecycle lifecycle = Lifecycle.of(table);
        return lifecycle.hasReached(seen.state(), active, usual.meantIn(lifecycle, flow.newTicketWhenStatus()));
    }

    /** Where what comes back reopens its ticket, one that is open needs no reopening, whatever it once reached (P9). */
    boolean blocksAgain(Seen seen) {
        return flow.onRecurrence() == OnRecurrence.REOPEN && seen.phase() == Phase.OPEN;
    }
}
