package io.ticketbridge.sandbox.servicenow;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The choice lists, read from the records of {@code sys_choice}, so that an edit there counts at once. */
final class Choices {

    private final Store store;
    private final Map<String, List<Row>> lists = new ConcurrentHashMap<>();
    private volatile long version = -1;

    Choices(Store store) {
        this.store = store;
    }

    /** The list of the table, or of the nearest one that it extends, in its sequence. */
    List<Row> of(TableDefinition table, String element) {
        long now = store.version("sys_choice");
        if (now != version) {
            lists.clear();
            version = now;
        }
        return lists.computeIfAbsent(table.name + '.' + element, key -> read(table, element));
    }

    private List<Row> read(TableDefinition table, String element) {
        List<Row> all = store.lookup("sys_choice", "element", element);
        for (TableDefinition at = table; at != null; at = at.parent) {
            String name = at.name;
            List<Row> own = all.stream()
                    .filter(row -> row.get("name").equals(name))
                    .sorted(Comparator.comparingInt(
                            row -> row.get("sequence").isEmpty() ? 0 : Integer.parseInt(row.get("sequence"))))
                    .toList();
            if (!own.isEmpty()) {
                return own;
            }
        }
        return List.of();
    }

    boolean isValid(TableDefinition table, String element, String value) {
        return of(table, element).stream()
                .anyMatch(row ->
                        row.get("value").equals(value) && !row.get("inactive").equals("true"));
    }

    Optional<String> label(TableDefinition table, String element, String value) {
        return of(table, element).stream()
                .filter(row -> row.get("value").equals(value))
                .map(row -> row.get("label"))
                .findFirst();
    }

    Optional<String> valueOfLabel(TableDefinition table, String element, String label) {
        return of(table, element).stream()
                .filter(row -> row.get("label").equalsIgnoreCase(label))
                .map(row -> row.get("value"))
                .findFirst();
    }
}
