package io.ticketbridge.deliver.call;

import io.ticketbridge.ledger.ticket.TicketInstance;
import org.apache.camel.Exchange;

/** Puts a call onto the message that goes to the {@code servicenow:} component. */
public final class ServiceNowCalls {
    private final TicketInstance instance;

    public ServiceNowCalls(TicketInstance instance) {
        this.instance = instance;
    }

    /** @throws io.ticketbridge.ledger.ticket.AnotherInstance if the ledger's tickets are not where the call would go */
    public void apply(ServiceNowCall call, Exchange exchange) {
        instance.require();
        call.apply(exchange);
    }
}
