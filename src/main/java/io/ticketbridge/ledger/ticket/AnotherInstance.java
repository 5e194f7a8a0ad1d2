package io.ticketbridge.ledger.ticket;

import org.apache.camel.util.ObjectHelper;

/** The ledger's tickets are in another ServiceNow instance than the one that this process is set to: nothing may be asked or sent there. */
public final class AnotherInstance extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether an error comes of it. */
    public static boolean isCauseOf(Throwable error) {
        return ObjectHelper.getException(AnotherInstance.class, error) != null;
    }

    AnotherInstance(String theirs, String ours) {
        super(
                "The ledger's tickets are in " + theirs + " by now, and ticketbridge.servicenow.url names " + ours
                        + " here: nothing is read or delivered from here. Give all that use this ledger the same URL, or this one a ledger of its own");
    }
}
