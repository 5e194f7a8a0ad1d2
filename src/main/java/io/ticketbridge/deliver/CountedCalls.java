package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.ledger.budget.BudgetSpent;
import io.ticketbridge.ledger.budget.RequestBudget;
import org.apache.camel.Exchange;

/**
 * Counts each call before it is sent (P19). A delivery that was begun is brought to its end; a read waits for room among the reads. A plan has
 * nobody to leave room to.
 */
public final class CountedCalls {
    private final RequestBudget budget;
    private final boolean planned;

    public CountedCalls(RequestBudget budget, boolean planned) {
        this.budget = budget;
        this.planned = planned;
    }

    /** @throws BudgetSpent if there is no room for it; it must not be sent then */
    public void take(Exchange exchange) {
        if (planned || Delivery.of(exchange) != null || Questions.isOfDelivery(exchange)) {
            budget.take();
        } else {
            budget.takeForRead();
        }
    }
}
