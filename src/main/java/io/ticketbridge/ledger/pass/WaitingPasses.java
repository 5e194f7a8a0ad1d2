package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.budget.BudgetSpent;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;

/** Keeps for whoever asks that a pass waits for the rate budget, and until when (P19). */
public final class WaitingPasses implements Processor {
    private final LastEnds lastEnds;

    public WaitingPasses(LastEnds lastEnds) {
        this.lastEnds = lastEnds;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable error = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        BudgetSpent spent = ObjectHelper.getException(BudgetSpent.class, error);
        PassOf pass = new PassOf(exchange);
        if (spent != null && pass.flow() != null) {
            lastEnds.passWaits(pass.flow(), spent.until());
        }
    }
}
