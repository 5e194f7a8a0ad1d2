package io.ticketbridge.deliver.call;

import java.util.List;
import java.util.Map;

/**
 * What is asked of ServiceNow call by call, each after the answer to the one before: a route asks as long as there is a next one. One
 * thread asks.
 */
public interface Questioning {
    boolean isHasNext();

    /** The next call, for {@code call-servicenow}. */
    ServiceNowCall request();

    /** Takes what that was answered. */
    void accept(List<Map<String, Object>> rows);
}
