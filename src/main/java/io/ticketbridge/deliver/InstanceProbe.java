package io.ticketbridge.deliver;

import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tries at start whether a query can be trusted: one for a random key must find nothing. ServiceNow drops a condition that
 * it does not understand and answers with every row (P16).
 */
public final class InstanceProbe {
    public ServiceNowCall query(String table) {
        return ServiceNowCall.find(
                table, EncodedQuery.where("correlation_id", "ticketbridge-probe-" + UUID.randomUUID()), "sys_id", 1);
    }

    public void mustFindNothing(String table, List<Map<String, Object>> rows) {
        if (!rows.isEmpty()) {
            throw new WrongAnswer("ServiceNow answers a query for a key that does not exist with rows of " + table
                    + ": the integration's user can't query correlation_id there. Grant it read access to the column, or set"
                    + " glide.invalid_query.returns_no_rows=true on the instance");
        }
    }

    /** What helps against a condition that is left out, or that finds nothing of what is there. */
    static String cure(String table, String column) {
        return "Grant the integration's user the right to query " + column + " and sys_id of " + table
                + " by range (an ACL of the operation query_range), and set its time zone to GMT";
    }
}
