package io.ticketbridge.ledger.ticket;

import java.util.UUID;
import org.apache.camel.util.ObjectHelper;

/** Another replica has taken the group over: nothing may be sent for it from here any more. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(UUID group) {
        super("The claim on group " + group
                + " is another replica's by now, or will be before an answer; it goes on there");
    }

    /** Whether an error comes of it. */
    public static boolean isCauseOf(Throwable error) {
        return ObjectHelper.getException(LeaseLost.class, error) != null;
    }
}
