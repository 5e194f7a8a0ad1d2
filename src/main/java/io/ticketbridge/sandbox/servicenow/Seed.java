package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The records that the instance is born with: people and groups, choices, and the dictionary as records. */
public final class Seed {

    /** sys_id of the user that the {@link Credentials} belong to. */
    public static final String INTEGRATION_USER = "7be09f0c1b5e4d10a3f2c8d47e1f0a01";
    /** sys_id of Beth Anglin ({@code beth.anglin}), who works on tickets. */
    public static final String ASSIGNEE = "46d44a23a9fe19810012d100cca80666";
    /** sys_id of Abel Tuter ({@code abel.tuter}), who reports them. */
    public static final String CALLER = "62826bf03710200044e0bfc8bcbe5df1";
    /** sys_id of the group "Security Operations". */
    public static final String SECURITY_OPERATIONS = "c0e5b2f41b5e4d10a3f2c8d47e1f0b01";
    /** sys_id of the group "Cloud Compliance". */
    public static final String CLOUD_COMPLIANCE = "c0e5b2f41b5e4d10a3f2c8d47e1f0b02";

    private final Records records;
    private final Dictionary dictionary;

    Seed(Records records) {
        this.records = records;
        this.dictionary = records.store.dictionary;
    }

    void plant(Credentials credentials) {
        dictionary.tables().forEach(this::describe);
        choices();
        people(credentials);
    }

    /** The records of {@code sys_db_object} and {@code sys_dictionary} for a table: inherited columns only at its parent. */
    void describe(TableDefinition table) {
        Map<String, String> object = new HashMap<>();
        object.put("sys_id", SysIds.of("sys_db_object." + table.name));
        object.put("name", table.name);
        object.put("label", table.label);
        object.put("sys_name", table.label);
        object.put("super_class", table.parent == null ? "" : SysIds.of("sys_db_object." + table.parent.name));
        object.put("is_extendable", String.valueOf(!table.children().isEmpty()));
        place("sys_db_object", object);
        Map<String, String> collection = new HashMap<>();
        collection.put("sys_id", SysIds.of("sys_dictionary." + table.name));
        collection.put("name", table.name);
        collection.put("column_label", table.label);
        collection.put("internal_type", "collection");
        place("sys_dictionary", collection);
        table.declared().forEach(this::describe);
    }

    void describe(Column column) {
        Map<String, String> entry = new HashMap<>();
        entry.put("sys_id", SysIds.of("sys_dictionary." + column.table() + '.' + column.name()));
        entry.put("name", column.table());
        entry.put("element", column.name());
        entry.put("column_label", column.label());
        entry.put("internal_type", column.type());
        entry.put("max_length", String.valueOf(column.maxLength()));
        entry.put("mandatory", String.valueOf(column.mandatory()));
        entry.put("read_only", String.valueOf(column.name().startsWith("sys_")));
        entry.put("reference", column.reference());
        entry.put("default_value", column.defaultValue());
        entry.put("choice", column.choice() ? "1" : "");
        entry.put("display", String.valueOf(column.display()));
        place("sys_dictionary", entry);
    }

    private void choices() {
        for (String line : Resources.lines("choices.txt")) {
            String[] part = line.split("\\|", 2);
            String[] column = part[0].trim().split("\\.", 2);
            int sequence = 0;
            for (String choice : part[1].split(";")) {
                boolean inactive = choice.trim().startsWith("!");
                String[] pair = choice.trim().replaceFirst("^!", "").split(" = ", 2);
                choice(column[0], column[1], pair[0], pair[pair.length - 1], sequence++, inactive);
            }
        }
    }

    private void choice(String table, String element, String value, String label, int sequence, boolean inactive) {
        Map<String, String> choice = new HashMap<>();
        choice.put("sys_id", SysIds.of("sys_choice." + table + '.' + element + '.' + value));
        choice.put("name", table);
        choice.put("element", element);
        choice.put("value", value);
        choice.put("label", label);
        choice.put("sequence", String.valueOf(sequence));
        choice.put("inactive", String.valueOf(inactive));
        place("sys_choice", choice);
    }

    private void people(Credentials credentials) {
        try {
            JsonNode tables = Answer.JSON.readTree(Resources.text("records.json"));
            tables.properties().forEach(table -> table.getValue().forEach(record -> {
                Map<String, String> values = new HashMap<>();
                record.properties()
                        .forEach(field ->
                                values.put(field.getKey(), field.getValue().asText()));
                values.putIfAbsent("sys_id", SysIds.of(table.getKey() + '.' + values.get("name")));
                if (values.get("sys_id").equals(INTEGRATION_USER)) {
                    values.put("user_name", credentials.user());
                }
                place(table.getKey(), values);
            }));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void place(String table, Map<String, String> values) {
        records.place(dictionary.table(table), values);
    }
}
