package io.ticketbridge.deliver.call;

import io.ticketbridge.deliver.servicenow.Fault;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.fault.NotNow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowConstants;

/**
 * What has to be known of the instance before a ticket can be written. Only what ServiceNow said counts for an answer: a fault that
 * passes is none, and whoever asked has to ask again. Thread-safe.
 */
public final class Questions {
    private static final String OF_DELIVERY = "questionOfDelivery";
    private static final Duration USUAL_WAIT = Duration.ofSeconds(1);

    private final CamelContext context;
    private final Faults faults;
    private final boolean ofDelivery;
    private volatile ProducerTemplate producer;

    /** @param ofDelivery whether deliveries ask, and not polls: a delivery that was begun does not wait for room among the reads (P19) */
    public Questions(CamelContext context, Faults faults, boolean ofDelivery) {
        this.context = context;
        this.faults = faults;
        this.ofDelivery = ofDelivery;
    }

    /**
     * The rows that a call reads.
     *
     * @throws NotTold if ServiceNow refuses to say it
     * @throws NotNow if it may say it later
     */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> rows(ServiceNowCall call) {
        Exchange answer = producer().send("direct:call-servicenow", exchange -> {
            exchange.setProperty(OF_DELIVERY, ofDelivery);
            exchange.getMessage().setBody(call);
        });
        Fault fault = faults.of(answer);
        if (fault == null) {
            return answer.getMessage().getBody(List.class);
        }
        String message = call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME) + " was not read: " + fault.message();
        if (fault.kind() == Fault.Kind.REFUSED || fault.kind() == Fault.Kind.NOT_FOUND) {
            throw new NotTold(message);
        }
        Duration wait = fault.retryAfter().isZero() ? USUAL_WAIT : fault.retryAfter();
        throw new NotNow(message, wait, answer.getException());
    }

    /** Whether the exchange asks for a delivery. */
    public static boolean isOfDelivery(Exchange exchange) {
        return exchange.getProperty(OF_DELIVERY, false, Boolean.class);
    }

    private ProducerTemplate producer() {
        if (producer == null) {
            producer = context.createProducerTemplate();
        }
        return producer;
    }
}
