package io.ticketbridge.sandbox.servicenow;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One record at one moment: immutable, one slot per column; an empty slot is the empty string. */
final class Row {

    final TableDefinition table;
    private final String[] values;

    private Row(TableDefinition table, String[] values) {
        this.table = table;
        this.values = values;
    }

    static Row of(TableDefinition table, Map<String, String> values) {
        return new Row(table, new String[0]).with(values);
    }

    Row with(Map<String, String> changes) {
        String[] next = Arrays.copyOf(values, table.columns().size());
        changes.forEach((column, value) -> next[table.position(column)] = value.isEmpty() ? null : value);
        return new Row(table, next);
    }

    /** The value, or "" when it is empty or there is no such column. */
    String get(String column) {
        int position = table.position(column);
        return position < 0 ? "" : at(position);
    }

    /** As {@link #get(String)}, when the position is known already. */
    String at(int position) {
        return position >= values.length || values[position] == null ? "" : values[position];
    }

    String sysId() {
        return get("sys_id");
    }

    Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        table.columns().forEach(column -> map.put(column.name(), get(column.name())));
        return Collections.unmodifiableMap(map);
    }
}
