package io.ticketbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column, or one behind references: {@code caller_id.manager.name}. */
final class FieldPath {

    final String text;
    private final List<Column> columns;
    private final TableDefinition table;
    private final int position;

    private FieldPath(String text, TableDefinition table, List<Column> columns) {
        this.text = text;
        this.table = table;
        this.position = table.position(columns.get(0).name());
        this.columns = columns;
    }

    /** Empty when a step names no column, or goes on behind a column that is no reference. */
    static Optional<FieldPath> of(String text, TableDefinition table, Dictionary dictionary) {
        List<Column> columns = new ArrayList<>();
        TableDefinition at = table;
        for (String step : text.split("\\.", -1)) {
            Column column = at == null ? null : at.column(step);
            if (column == null) {
                return Optional.empty();
            }
            columns.add(column);
            at = column.isReference() ? dictionary.table(column.reference()) : null;
        }
        return Optional.of(new FieldPath(text, table, columns));
    }

    Column column() {
        return columns.get(columns.size() - 1);
    }

    boolean isDotWalk() {
        return columns.size() > 1;
    }

    /** The row that holds the last column, or null when a reference on the way is empty or leads nowhere. */
    Row owner(Row row, Store store) {
        Row at = row;
        for (int i = 0; i < columns.size() - 1 && at != null; i++) {
            Column column = columns.get(i);
            at = store.find(column.reference(), at.get(column.name())).orElse(null);
        }
        return at;
    }

    String value(Row row, Store store) {
        if (!isDotWalk()) {
            return row.table == table ? row.at(position) : row.get(text);
        }
        Row owner = owner(row, store);
        return owner == null ? "" : owner.get(column().name());
    }
}
