package io.ticketbridge.deliver.servicenow;

import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Clears the message for the next {@code servicenow:} step: models and offsets of an earlier call stick, and headers that came
 * with data must not choose the table or the record (P38). To be called before the step sets its own headers.
 */
public final class StickyHeaders {
    /** Removes every {@code CamelServiceNow*} and {@code CamelHttp*} header, and forgets the last answer. */
    public void remove(Exchange exchange) {
        Message message = exchange.getMessage();
        message.getHeaders().keySet().removeIf(StickyHeaders::sticks);
        LastAnswer.forget();
    }

    private static boolean sticks(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camelservicenow") || lower.startsWith("camelhttp");
    }
}
