package io.ticketbridge.deliver.call;

import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a ticket that is kept in step with a case or alert. */
public final class TicketColumns {
    public static final String CLOSE_NOTES = "close_notes";
    public static final String ASSIGNED_TO = "assigned_to";

    /** What a closing says by default in words, and what people may have said there before. */
    public static final List<String> CLOSING_TEXTS = List.of(CLOSE_NOTES, "cause_notes", "fix_notes");

    private TicketColumns() {}

    public static Map<SyncField, String> of(String table) {
        Map<SyncField, String> columns = new EnumMap<>(SyncField.class);
        for (SyncField field : SyncField.values()) {
            columns.put(field, SyncColumns.of(table, field));
        }
        return columns;
    }

    /** Everything that is read of a ticket. */
    public static String all(String table) {
        return values(table) + ",work_notes,comments";
    }

    /** The same without the journal. */
    public static String values(String table) {
        Set<String> columns = new LinkedHashSet<>(List.of(Row.STATE_COLUMNS.split(",")));
        columns.addAll(of(table).values());
        columns.addAll(List.of(CLOSE_NOTES, ASSIGNED_TO, "sys_updated_on"));
        if (table.equals("problem")) {
            columns.addAll(CLOSING_TEXTS);
        }
        return String.join(",", columns);
    }

    public static Map<SyncField, String> fields(String table, Map<String, Object> row) {
        Map<SyncField, String> fields = new EnumMap<>(SyncField.class);
        of(table).forEach((field, column) -> fields.put(field, Row.text(row, column)));
        return fields;
    }
}
