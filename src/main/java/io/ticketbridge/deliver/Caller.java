package io.ticketbridge.deliver;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.ledger.BudgetSpent;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * The caller of tickets whose profile names none: the integration's own user, looked up by {@code servicenow.user}. Where
 * that is not set, or the user can't be read, tickets have no caller.
 */
public final class Caller {
    private final CamelContext context;
    private final ServiceNowSettings serviceNow;
    private volatile String sysId;

    public Caller(CamelContext context, ServiceNowSettings serviceNow) {
        this.context = context;
        this.serviceNow = serviceNow;
    }

    String sysId() {
        if (sysId == null) {
            sysId = serviceNow.user().isEmpty() ? "" : lookUp();
        }
        return sysId;
    }

    @SuppressWarnings("unchecked")
    private String lookUp() {
        ServiceNowCall call = ServiceNowCall.find(
                "sys_user", EncodedQuery.where("user_name", serviceNow.user()), "sys_id,user_name", 2);
        try (var producer = context.createProducerTemplate()) {
            Exchange answer = producer.send(
                    "direct:call-servicenow", exchange -> exchange.getMessage().setBody(call));
            if (BudgetSpent.isCauseOf(answer.getException())) {
                throw new IllegalStateException("The caller was not looked up", answer.getException());
            }
            if (answer.getException() != null) {
                return "";
            }
            List<Map<String, Object>> rows = answer.getMessage().getBody(List.class);
            return rows.stream()
                    .filter(row -> Row.text(row, "user_name").equals(serviceNow.user()))
                    .map(row -> Row.text(row, "sys_id"))
                    .findFirst()
                    .orElse("");
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
