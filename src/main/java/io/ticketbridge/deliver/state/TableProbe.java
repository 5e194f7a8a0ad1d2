package io.ticketbridge.deliver.state;

import io.ticketbridge.deliver.call.Questioning;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.ticket.Ticket;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The questions to one table, one after the other: a key that does not exist must find nothing, and of some records that are there
 * a query by range must find the newest, and none that is older. One thread asks them.
 */
public final class TableProbe implements Questioning {
    private static final int SOME = 20;

    private final String table;
    private final List<String> displays;
    private final boolean isInStep;
    private final boolean adopts;
    private Question next = Question.NOTHING;
    private List<Map<String, Object>> known = List.of();

    private enum Question {
        NOTHING,
        OURS,
        ANY,
        RANGE,
        NONE
    }

    /**
     * @param displays the {@code correlation_display} of each flow that may have records there
     * @param isInStep whether changes are looked for there, by their time
     * @param adopts whether records to adopt are looked for there
     */
    TableProbe(String table, List<String> displays, boolean isInStep, boolean adopts) {
        this.table = table;
        this.displays = displays;
        this.isInStep = isInStep;
        this.adopts = adopts;
    }

    @Override
    public boolean isHasNext() {
        return next != Question.NONE;
    }

    @Override
    public ServiceNowCall request() {
        String columns = "sys_id,sys_updated_on,correlation_id";
        return switch (next) {
            case NOTHING ->
                ServiceNowCall.find(
                        table,
                        EncodedQuery.where("correlation_id", "ticketbridge-probe-" + UUID.randomUUID()),
                        "sys_id",
                        1);
            // Records of ours first: a user that may see no others is shown none of any.
            case OURS ->
                ServiceNowCall.find(table, EncodedQuery.whereIn("correlation_display", displays), columns, SOME);
            case ANY -> ServiceNowCall.find(table, "sys_idISNOTEMPTY", columns, SOME);
            case RANGE -> ServiceNowCall.find(table, range(), columns, SOME);
            case NONE -> throw new IllegalStateException("All was asked");
        };
    }

    @Override
    public void accept(List<Map<String, Object>> rows) {
        switch (next) {
            case NOTHING -> {
                mustBeNothing(rows);
                next = displays.isEmpty() ? Question.ANY : Question.OURS;
            }
            case OURS, ANY -> {
                known = rows.stream().filter(row -> time(row) != null).toList();
                next = !known.isEmpty() ? Question.RANGE : next == Question.OURS ? Question.ANY : Question.NONE;
            }
            default -> {
                mustBeNewest(rows);
                next = Question.NONE;
            }
        }
    }

    private void mustBeNothing(List<Map<String, Object>> rows) {
        if (!rows.isEmpty()) {
            throw new WrongAnswer("ServiceNow answers a query for a key that does not exist with rows of " + table
                    + ": the integration's user can't query correlation_id there. Grant it read access to the column, or set"
                    + " glide.invalid_query.returns_no_rows=true on the instance");
        }
    }

    /** What the flows of the table ask for, and no more: the daily sweep reads on by key, others by time, and some look for their text. */
    private EncodedQuery range() {
        EncodedQuery query = EncodedQuery.whereIn(
                        "sys_id",
                        known.stream().map(row -> Row.text(row, "sys_id")).toList())
                .after("sys_id", "0");
        boolean ours =
                known.stream().allMatch(row -> Row.text(row, "correlation_id").startsWith(Ticket.CORRELATION));
        if (ours && adopts) {
            query = query.contains("correlation_id", Ticket.CORRELATION);
        }
        return isInStep
                ? query.atLeast("sys_updated_on", newest())
                        .orderBy("sys_updated_on")
                        .orderBy("sys_id")
                : query.orderBy("sys_id");
    }

    private void mustBeNewest(List<Map<String, Object>> rows) {
        if (isInStep
                && rows.stream().anyMatch(row -> time(row) != null && time(row).isBefore(newest()))) {
            throw new WrongAnswer("ServiceNow answers a query for records of " + table
                    + " that were changed since a time with"
                    + " older ones: it leaves out the condition, or takes the time for another zone's. " + cure());
        }
        if (rows.isEmpty()) {
            throw new WrongAnswer("ServiceNow finds no record of " + table
                    + " by range and in order, though it shows some: it refuses the query, or takes a time for another"
                    + " zone's. " + cure());
        }
    }

    private String cure() {
        return InstanceProbe.cure(
                table, "sys_id" + (isInStep ? ", sys_updated_on" : "") + (adopts ? ", correlation_id" : ""));
    }

    private Instant newest() {
        return known.stream()
                .map(TableProbe::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant time(Map<String, Object> row) {
        return Row.time(Row.text(row, "sys_updated_on"));
    }
}
