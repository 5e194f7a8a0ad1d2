package io.ticketbridge.sandbox.servicenow;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A table: its own columns and, before them, those of the table it extends. Safe for use by several threads. */
final class TableDefinition {

    final String name;
    final String label;
    final TableDefinition parent;
    final String numberPrefix;
    final int firstNumber;
    private final List<TableDefinition> children = new CopyOnWriteArrayList<>();
    private final List<Column> columns = new CopyOnWriteArrayList<>();
    private final List<Column> declared = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> positions = new ConcurrentHashMap<>();
    private volatile List<Column> indexed = List.of();
    private volatile Map<String, String> defaults = Map.of();

    TableDefinition(String name, TableDefinition parent, String label, String numberPrefix, int firstNumber) {
        this.name = name;
        this.parent = parent;
        this.label = label;
        this.numberPrefix = numberPrefix;
        this.firstNumber = firstNumber;
        if (parent != null) {
            parent.children.add(this);
            parent.columns.forEach(this::place);
        }
    }

    /** Declares a column here and in every table below; a child may declare one again to change its label or default. */
    void declare(Column column) {
        declared.add(column);
        inherit(column);
    }

    private void inherit(Column column) {
        place(column);
        children.forEach(child -> child.inherit(column));
    }

    private void place(Column column) {
        Integer known = positions.get(column.name());
        if (known == null) {
            columns.add(column);
            positions.put(column.name(), columns.size() - 1);
        } else {
            columns.set(known, column);
        }
        indexed = columns.stream().filter(Column::indexed).toList();
        defaults = columns.stream()
                .filter(one -> !one.defaultValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Column::name, Column::defaultValue));
    }

    /** Where the column's value is in a {@link Row}, or -1 for an unknown one. */
    int position(String column) {
        Integer position = positions.get(column);
        return position == null ? -1 : position;
    }

    Column column(String column) {
        Integer position = positions.get(column);
        return position == null ? null : columns.get(position);
    }

    List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    /** The columns that can be looked up without reading every row. */
    List<Column> indexed() {
        return indexed;
    }

    /** What the columns of a new record hold before anything else is said. */
    Map<String, String> defaults() {
        return defaults;
    }

    Collection<Column> declared() {
        return declared;
    }

    Collection<TableDefinition> children() {
        return children;
    }

    boolean isA(String table) {
        return name.equals(table) || parent != null && parent.isA(table);
    }

    /** The column that stands for the record where another one refers to it. */
    Column displayColumn() {
        return columns.stream().filter(Column::display).findFirst().orElse(column("sys_id"));
    }
}
