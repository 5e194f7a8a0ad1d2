package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.budget.BudgetSpent;
import java.time.Instant;
import java.util.UUID;

/** What the ledger throws where nothing may be sent. */
public final class Refusals {
    private static final UUID GROUP = new UUID(0, 1);

    private Refusals() {}

    public static RuntimeException leaseLost() {
        return new LeaseLost(GROUP);
    }

    public static RuntimeException budgetSpent() {
        return new BudgetSpent(Instant.EPOCH);
    }

    public static RuntimeException anotherInstance() {
        return new AnotherInstance("dev.service-now.com", "prod.service-now.com");
    }

    public static RuntimeException worseComesFirst() {
        return new WorseComesFirst(GROUP);
    }
}
