package io.ticketbridge.deliver;

import org.apache.camel.Exchange;

/** Puts a call onto the message that goes to the {@code servicenow:} component. */
public final class ServiceNowCalls {
    public void apply(ServiceNowCall call, Exchange exchange) {
        call.apply(exchange);
    }
}
