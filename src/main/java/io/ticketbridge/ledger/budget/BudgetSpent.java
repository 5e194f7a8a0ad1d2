package io.ticketbridge.ledger.budget;

import java.time.Instant;
import org.apache.camel.util.ObjectHelper;

/** There is no room for another request to ServiceNow (P19): nothing was sent, and what is owed comes back when there is room. */
public final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instant until;

    public BudgetSpent(Instant until) {
        super("The budget of requests to ServiceNow is used up until " + until);
        this.until = until;
    }

    /** When there is room for the next request. */
    public Instant until() {
        return until;
    }

    /** Whether an error comes of it. */
    public static boolean isCauseOf(Throwable error) {
        return ObjectHelper.getException(BudgetSpent.class, error) != null;
    }
}
