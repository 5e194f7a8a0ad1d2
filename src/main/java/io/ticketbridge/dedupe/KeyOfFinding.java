package io.ticketbridge.dedupe;

import io.ticketbridge.ledger.pass.RecordOf;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** What the finding that is the body is about, as an expression. The filter itself tells findings apart by their whole identity. */
public final class KeyOfFinding extends ExpressionAdapter {
    @Override
    public Object evaluate(Exchange exchange) {
        return new RecordOf(exchange).finding().resource().uid();
    }

    @Override
    public String toString() {
        return "the uid of the resource";
    }
}
