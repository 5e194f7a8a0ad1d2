package io.ticketbridge.ledger;

import java.time.Instant;

/** The hour's requests to ServiceNow are used up (P19): nothing was sent, and what is owed comes back when there is room. */
public final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instant until;

    BudgetSpent(Instant until) {
        super("The budget of requests to ServiceNow is used up until " + until);
        this.until = until;
    }

    /** When there is room for the next request. */
    public Instant until() {
        return until;
    }

    /** Whether an error comes of it. */
    public static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BudgetSpent) {
                return true;
            }
        }
        return false;
    }
}
