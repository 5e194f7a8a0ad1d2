package io.ticketbridge.ledger;

import java.util.UUID;

/** Another replica has taken the group over: nothing may be sent for it from here any more. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(UUID group) {
        super("Another replica took over the group " + group + "; it goes on with it");
    }
}
