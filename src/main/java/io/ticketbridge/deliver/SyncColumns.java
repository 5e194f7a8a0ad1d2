package io.ticketbridge.deliver;

import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns in which a table holds what a case or alert has too (servicenow.md, section 4). */
final class SyncColumns {
    static final String CLOSE_NOTES = "close_notes";
    static final String ASSIGNED_TO = "assigned_to";

    private SyncColumns() {}

    static Map<SyncField, String> of(String table) {
        Map<SyncField, String> columns = new EnumMap<>(SyncField.class);
        columns.put(SyncField.STATUS, "state");
        columns.put(SyncField.PRIORITY, "priority");
        columns.put(SyncField.FINDINGS, closeCode(table));
        columns.put(SyncField.NAME, "short_description");
        columns.put(SyncField.DESCRIPTION, "description");
        return columns;
    }

    static String closeCode(String table) {
        return table.equals("problem") || table.equals("sn_customerservice_case") ? "resolution_code" : "close_code";
    }

    /** Everything that is read of a ticket. */
    static String all(String table) {
        Set<String> columns = new LinkedHashSet<>(List.of(Row.STATE_COLUMNS.split(",")));
        columns.addAll(of(table).values());
        columns.addAll(List.of(CLOSE_NOTES, ASSIGNED_TO, "sys_updated_on", "work_notes", "comments"));
        return String.join(",", columns);
    }

    static Map<SyncField, String> fields(String table, Map<String, Object> row) {
        Map<SyncField, String> fields = new EnumMap<>(SyncField.class);
        of(table).forEach((field, column) -> fields.put(field, Row.text(row, column)));
        return fields;
    }
}
