package io.ticketbridge.deliver.state;

import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * How far rows were read in the order (a time, sys_id), so that none is lost between pages, however many share one second
 * (servicenow.md, section 2.1; P26). Each page has to lie behind the one before: an instance that leaves out a condition would
 * answer with the same rows for ever.
 */
final class ReadingOrder {
    private final String table;
    private final String column;
    private final Instant from;
    private Instant time;
    private String sysId;

    ReadingOrder(String table, String column, Instant from) {
        this.table = table;
        this.column = column;
        // ServiceNow keeps no parts of seconds: what it answers is not before what it was asked for.
        this.from = from.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether any row was read. */
    boolean isBegun() {
        return sysId != null;
    }

    Instant from() {
        return from;
    }

    /** Of the last row that was read; null before. */
    Instant time() {
        return time;
    }

    /** Of these rows those of the next page. */
    EncodedQuery next(EncodedQuery query) {
        EncodedQuery rows = isBegun()
                ? query.after(column, time).orElse(query.at(column, time).after("sys_id", sysId))
                : query.atLeast(column, from);
        return rows.orderBy(column).orderBy("sys_id");
    }

    /** @throws WrongAnswer if this can't be the next page */
    void read(List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            if (time(row) == null || Row.text(row, "sys_id").isEmpty()) {
                throw new WrongAnswer("ServiceNow answered rows of " + table + " without " + column
                        + " or sys_id: grant the integration's user read access to both");
            }
            require(!time(row).isBefore(from));
        }
        if (!rows.isEmpty()) {
            // The last one only: inside a page, a row that is written while ServiceNow makes it may be out of order.
            Map<String, Object> last = rows.get(rows.size() - 1);
            require(!isBegun() || isBehind(last));
            time = time(last);
            sysId = Row.text(last, "sys_id");
        }
    }

    private boolean isBehind(Map<String, Object> row) {
        int later = time(row).compareTo(time);
        return later > 0 || later == 0 && Row.text(row, "sys_id").compareTo(sysId) > 0;
    }

    private Instant time(Map<String, Object> row) {
        return Row.time(Row.text(row, column));
    }

    private void require(boolean asked) {
        if (!asked) {
            throw new WrongAnswer("ServiceNow answered a query of " + table + " by " + column
                    + " with rows that were not asked for: it left out the condition, or took the time for another zone's. "
                    + InstanceProbe.cure(table, column + " and sys_id"));
        }
    }
}
