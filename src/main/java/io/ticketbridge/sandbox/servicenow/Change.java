package io.ticketbridge.sandbox.servicenow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record about to be saved: what was there, what is asked for, and what the rules make of it. */
final class Change {

    final TableDefinition table;
    final Row before;
    final Actor actor;
    final String now;
    final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /** @param before null for a new record */
    Change(TableDefinition table, Row before, Actor actor, String now) {
        this.table = table;
        this.before = before;
        this.actor = actor;
        this.now = now;
    }

    boolean isNew() {
        return before == null;
    }

    String get(String column) {
        String value = values.get(column);
        return value == null ? old(column) : value;
    }

    String old(String column) {
        return before == null ? "" : before.get(column);
    }

    /** Asked for or set by a rule; columns that the table lacks are ignored. */
    void set(String column, String value) {
        if (table.position(column) >= 0) {
            values.put(column, value);
        }
    }

    /** As {@link #set}, unless it has a value. */
    void setIfEmpty(String column, String value) {
        if (get(column).isEmpty()) {
            set(column, value);
        }
    }

    boolean sent(String column) {
        return values.containsKey(column);
    }

    boolean changed(String column) {
        return !get(column).equals(old(column));
    }

    boolean changedTo(String column, String value) {
        return changed(column) && get(column).equals(value);
    }

    /** The record as it would be saved. */
    Map<String, String> preview() {
        Map<String, String> preview = new HashMap<>();
        table.columns().forEach(column -> preview.put(column.name(), get(column.name())));
        return preview;
    }

    /** The columns whose value differs from before. */
    Map<String, String> differences() {
        Map<String, String> differences = new LinkedHashMap<>(values);
        differences.entrySet().removeIf(entry -> entry.getValue().equals(old(entry.getKey())));
        return differences;
    }
}
