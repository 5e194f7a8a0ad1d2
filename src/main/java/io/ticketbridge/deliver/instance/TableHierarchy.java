package io.ticketbridge.deliver.instance;

import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Where a table's columns and choices may be defined: most of an incident's are on {@code task}. */
final class TableHierarchy {
    private static final int DEEPEST = 10;

    private TableHierarchy() {}

    /** The table and all that it extends, the table first; with {@code task} where the instance does not tell. */
    static List<String> of(String table, Function<ServiceNowCall, List<Map<String, Object>>> ask) {
        Set<String> tables = new LinkedHashSet<>(List.of(table));
        String next = table;
        while (!next.isEmpty() && tables.size() < DEEPEST) {
            next = ask
                    .apply(ServiceNowCall.findDisplayed(
                            "sys_db_object", EncodedQuery.where("name", next), "name,super_class.name", 1))
                    .stream()
                    .map(row -> Row.shown(row, "super_class.name"))
                    .findFirst()
                    .orElse("");
            if (!next.isEmpty() && !tables.add(next)) {
                break;
            }
        }
        if (tables.size() == 1 && !table.equals("task")) {
            tables.add("task");
        }
        return List.copyOf(tables);
    }
}
