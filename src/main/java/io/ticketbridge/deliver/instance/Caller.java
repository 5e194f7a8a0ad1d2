package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.NotTold;
import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.deliver.call.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller of tickets whose profile names none: the integration's own user. Where that can't be read, tickets have no caller.
 * Thread-safe.
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
    public String sysId() {
        if (sysId == null) {
            sysId = lookUp();
        }
        return sysId;
    }

    private String lookUp() {
        try {
            return OwnUser.in(questions.rows(OwnUser.question(serviceNow)), serviceNow)
                    .map(row -> Row.text(row, "sys_id"))
                    .orElseGet(() -> none("ServiceNow does not show it"));
        } catch (NotTold e) {
            return none(e.getMessage());
        }
    }

    private static String none(String cause) {
        LOG.info(
                "The integration's own user can't be read; tickets whose profile names no caller have none. cause=\"{}\"",
                cause);
        return "";
    }
}
