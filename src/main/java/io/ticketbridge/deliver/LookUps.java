package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import java.util.List;
import java.util.Map;

/** For steps of a route that add to a ticket what ServiceNow knows already: a configuration item, its owner. */
public final class LookUps {
    /** Two are enough to see that it is not the only one. */
    private static final int ROWS = 2;

    /**
     * The call, for {@code call-servicenow}, that finds the record of the table whose column holds the value.
     *
     * @throws IllegalArgumentException if the value is empty, or would add a condition of its own (P16, P38)
     */
    public ServiceNowCall ask(Delivery delivery, String table, String column, String value, String wanted) {
        EncodedQuery query = EncodedQuery.where(column, value);
        delivery.ask(new LookUp(table, column, value, wanted));
        return ServiceNowCall.find(table, query, column + "," + wanted, ROWS);
    }

    /**
     * Adds what was found under a name, for the templates: {@code ${body.added[name]}}. It is empty if there is no such record,
     * or more than one.
     *
     * @throws io.ticketbridge.deliver.servicenow.WrongAnswer if the rows do not carry the value: ServiceNow dropped the condition (P16)
     */
    public void take(Delivery delivery, String name, List<Map<String, Object>> rows) {
        LookUp asked = delivery.asked();
        if (asked == null) {
            throw new IllegalStateException("A route takes " + name + " and has asked for nothing: ask first");
        }
        AnsweredRows.carrying(rows, asked.column(), asked.value()::equalsIgnoreCase, asked.table());
        delivery.added().put(name, rows.size() == 1 ? Row.text(rows.get(0), asked.wanted()) : "");
    }
}
