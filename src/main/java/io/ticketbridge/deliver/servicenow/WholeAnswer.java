package io.ticketbridge.deliver.servicenow;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.servicenow.ServiceNowConstants;

/**
 * Refuses what the component takes for success: a list that ServiceNow cut off, and an answer without a result, which would leave
 * the request in the body. To be called after each retrieve, create, update and upload; needs {@link StickyHeaders} before it.
 */
public final class WholeAnswer {
    /** Passes the exchange on, or throws {@link TruncatedAnswer}. */
    public void require(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        if (message.getHeader(ServiceNowConstants.RESPONSE_META) instanceof Map<?, ?> meta
                && (meta.containsKey("error") || "failure".equals(meta.get("status")))) {
            throw new TruncatedAnswer(
                    "ServiceNow answered " + LastAnswer.current().status()
                            + " with a part of the result and an error, so the transaction was cut: ask for less at a time");
        }
        if (message.getBody() instanceof InputStream file) {
            // A file's content: read here, so that its connection is free again.
            message.setBody(file.readAllBytes());
            return;
        }
        if (message.getHeader(ServiceNowConstants.RESPONSE_TYPE) == null) {
            throw new TruncatedAnswer(
                    "ServiceNow answered " + LastAnswer.current().status() + " without a result");
        }
    }
}
