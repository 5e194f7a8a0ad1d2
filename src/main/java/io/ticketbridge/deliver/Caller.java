package io.ticketbridge.deliver;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller of tickets whose profile names none: the integration's own user, looked up by {@code servicenow.user}. Where
 * that is not set, or the user can't be read, tickets have no caller. Thread-safe.
 */
public final class Caller {
    private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

    private final Questions questions;
    private final ServiceNowSettings serviceNow;
    private volatile String sysId;

    public Caller(Questions questions, ServiceNowSettings serviceNow) {
        this.questions = questions;
        this.serviceNow = serviceNow;
    }

    /** Empty for none. Whatever ServiceNow said is kept; a fault that passes is not what it said. */
    String sysId() {
        if (sysId == null) {
            sysId = serviceNow.user().isEmpty() ? "" : lookUp();
        }
        return sysId;
    }

    private String lookUp() {
        ServiceNowCall call = ServiceNowCall.find(
                "sys_user", EncodedQuery.where("user_name", serviceNow.user()), "sys_id,user_name", 2);
        try {
            return questions.rows(call).stream()
                    .filter(row -> Row.text(row, "user_name").equals(serviceNow.user()))
                    .map(row -> Row.text(row, "sys_id"))
                    .findFirst()
                    .orElse("");
        } catch (NotTold e) {
            LOG.info("The integration's user can't be read; tickets have no caller. cause=\"{}\"", e.getMessage());
            return "";
        }
    }
}
