package io.ticketbridge.deliver.call;

import io.ticketbridge.deliver.servicenow.ServiceNowTime;
import io.ticketbridge.ticket.Seen;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** A row of ServiceNow's answer: every value a string, references perhaps an object with a link (servicenow.md, section 1). */
public final class Row {
    /** The columns that tell how far a record has come. */
    public static final String STATE_COLUMNS = "sys_id,number,state,active,opened_at,correlation_id,sys_mod_count";

    private Row() {}

    /** Without NUL, which the other side can't keep: what comes back without it would look changed. */
    public static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        if (value instanceof Map<?, ?> reference) {
            value = reference.get("value");
        }
        return value == null ? "" : value.toString().replace("\0", "");
    }

    /** As ServiceNow shows it: of a call that asked for both values. */
    public static String shown(Map<String, Object> row, String column) {
        Object value = row.get(column);
        Object shown = value instanceof Map<?, ?> both ? both.get("display_value") : value;
        return shown == null ? "" : shown.toString().replace("\0", "");
    }

    /** Differs after every change of the record. */
    public static String mark(Map<String, Object> row) {
        return text(row, "sys_updated_on") + " " + text(row, "sys_mod_count");
    }

    public static Seen seen(String table, Map<String, Object> row) {
        String state = text(row, "state");
        return new Seen(
                text(row, "sys_id"),
                text(row, "number"),
                state,
                Lifecycle.of(table).phase(state, isActive(table, row)),
                time(text(row, "opened_at")));
    }

    /** Where the column may not be read, its state has to tell. */
    public static boolean isActive(String table, Map<String, Object> row) {
        String active = text(row, "active");
        return active.isEmpty() ? !Lifecycle.of(table).isClosed(text(row, "state")) : !active.equals("false");
    }

    public static Instant time(String text) {
        try {
            return text.isEmpty() ? null : ServiceNowTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
