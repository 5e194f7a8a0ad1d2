package io.ticketbridge.aggregate;

import io.ticketbridge.ledger.pass.RecordOf;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** The id of the group of the membership that is the body, as an expression: what the aggregate collects by. */
public final class KeyOfGroup extends ExpressionAdapter {
    @Override
    public Object evaluate(Exchange exchange) {
        return new RecordOf(exchange).membership().groupId().toString();
    }

    @Override
    public String toString() {
        return "the id of the group";
    }
}
