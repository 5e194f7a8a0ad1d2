package io.ticketbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All rows of all tables. Reads need no lock and see whole rows; the caller serialises writes. */
final class Store {

    final Dictionary dictionary;
    private final Map<String, Rows> tables = new ConcurrentHashMap<>();

    Store(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    private Rows rows(TableDefinition table) {
        return tables.computeIfAbsent(table.name, name -> new Rows());
    }

    void put(Row row) {
        rows(row.table).put(row);
    }

    void remove(Row row) {
        rows(row.table).remove(row);
    }

    /** Differs after every write to the table. */
    long version(String table) {
        return rows(dictionary.table(table)).version();
    }

    /** The record in that table or in one that extends it. */
    Optional<Row> find(TableDefinition table, String sysId) {
        Row row = rows(table).bySysId(sysId);
        if (row != null) {
            return Optional.of(row);
        }
        return table.children().stream()
                .flatMap(child -> find(child, sysId).stream())
                .findFirst();
    }

    Optional<Row> find(String table, String sysId) {
        TableDefinition definition = dictionary.table(table);
        return definition == null ? Optional.empty() : find(definition, sysId);
    }

    /** Every record of the table and of those that extend it, in an order that means nothing. */
    List<Collection<Row>> all(TableDefinition table) {
        List<Collection<Row>> parts = new ArrayList<>();
        parts.add(rows(table).all());
        table.children().forEach(child -> parts.addAll(all(child)));
        return parts;
    }

    /** The records whose indexed column (or sys_id) has that value, whatever its case. */
    List<Row> lookup(TableDefinition table, String column, String value) {
        List<Row> found = new ArrayList<>(rows(table).lookup(column, value));
        table.children().forEach(child -> found.addAll(lookup(child, column, value)));
        return found;
    }

    List<Row> lookup(String table, String column, String value) {
        return lookup(dictionary.table(table), column, value);
    }
}
