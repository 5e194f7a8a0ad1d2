package io.ticketbridge.sandbox.servicenow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The tables and columns of the instance, read from {@code dictionary.txt}; more may be declared while it runs. */
final class Dictionary {

    private final Map<String, TableDefinition> tables = new ConcurrentSkipListMap<>();

    Dictionary() {
        TableDefinition current = null;
        for (String line : Resources.lines("dictionary.txt")) {
            String[] part = line.split("\\|", -1);
            for (int i = 0; i < part.length; i++) {
                part[i] = part[i].trim();
            }
            if (part[0].equals("table")) {
                String prefix = part.length > 4 ? part[4] : "";
                int first = part.length > 5 ? Integer.parseInt(part[5]) : 1;
                current = declare(part[1], part[2], part[3], prefix, first);
            } else {
                current.declare(column(current.name, part));
            }
        }
    }

    TableDefinition declare(String name, String parent, String label, String prefix, int firstNumber) {
        TableDefinition table = new TableDefinition(name, tables.get(parent), label, prefix, firstNumber);
        if (table.parent == null) {
            table.declare(system(name, "sys_id", "GUID", 32, "Sys ID"));
            table.declare(system(name, "sys_created_on", "glide_date_time", 40, "Created"));
            table.declare(system(name, "sys_created_by", "string", 40, "Created by"));
            table.declare(system(name, "sys_updated_on", "glide_date_time", 40, "Updated"));
            table.declare(system(name, "sys_updated_by", "string", 40, "Updated by"));
            table.declare(system(name, "sys_mod_count", "integer", 40, "Updates"));
            table.declare(system(name, "sys_tags", "related_tags", 255, "Tags"));
        }
        tables.put(name, table);
        return table;
    }

    /** The table, or null. */
    TableDefinition table(String name) {
        return tables.get(name);
    }

    Collection<TableDefinition> tables() {
        return tables.values();
    }

    static Column column(String table, String[] part) {
        List<String> type = List.of(part[1].split(":"));
        Set<String> flags = Set.of(part.length > 5 && !part[5].isEmpty() ? part[5].split(" ") : new String[0]);
        return new Column(
                table,
                part[0],
                type.get(0),
                type.size() > 1 ? type.get(1) : "",
                Integer.parseInt(part[2]),
                part[3],
                part.length > 4 ? part[4] : "",
                flags.contains("choice"),
                flags.contains("mandatory"),
                flags.contains("display"),
                flags.contains("indexed"),
                flags.contains("byname"));
    }

    private static Column system(String table, String name, String type, int length, String label) {
        return column(table, new String[] {name, type, String.valueOf(length), label});
    }
}
