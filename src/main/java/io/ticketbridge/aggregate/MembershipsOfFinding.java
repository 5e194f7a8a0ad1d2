package io.ticketbridge.aggregate;

import io.ticketbridge.ledger.pass.RecordOf;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** The memberships of the finding that is the body, as an expression: every piece of news asks it, so it is called without reflection. */
public final class MembershipsOfFinding extends ExpressionAdapter {
    private final Groupings groupings;

    public MembershipsOfFinding(Groupings groupings) {
        this.groupings = groupings;
    }

    @Override
    public Object evaluate(Exchange exchange) {
        return groupings.memberships(new RecordOf(exchange).finding(), exchange.getProperty("flow", String.class));
    }

    @Override
    public String toString() {
        return "the groups of the finding";
    }
}
