package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes records as JSON the way a request asked for: which fields, values or display values, with links or without. */
final class Rendering {

    private final Store store;
    private final Choices choices;
    private final Journal journal;
    private final Settings settings;
    private final DisplayMode mode;
    private final boolean links;
    private final String origin;
    private final List<FieldPath> fields;

    Rendering(Store store, Choices choices, Journal journal, Settings settings, TableDefinition table, Call call) {
        this.store = store;
        this.choices = choices;
        this.journal = journal;
        this.settings = settings;
        this.mode = DisplayMode.of(call.parameter("sysparm_display_value"));
        this.links = !call.flag("sysparm_exclude_reference_link");
        this.origin = call.origin;
        this.fields = Arrays.stream(call.parameter("sysparm_fields").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> FieldPath.of(name, table, store.dictionary))
                .flatMap(Optional::stream)
                .toList();
        this.all = call.parameter("sysparm_fields").isBlank();
    }

    private final boolean all;

    void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        if (all) {
            for (Column column : row.table.columns()) {
                field(json, column.name(), column, row);
            }
        } else {
            for (FieldPath path : fields) {
                field(json, path.text, path.column(), path.owner(row, store));
            }
        }
        json.writeEndObject();
    }

    private void field(JsonGenerator json, String name, Column column, Row row) throws IOException {
        Settings.Unreadable unreadable = settings.unreadable(row, column);
        if (unreadable == Settings.Unreadable.OMITTED) {
            return;
        }
        boolean writeOnly = column.isJournal() || column.isConversation();
        String value = row == null || writeOnly || unreadable != null ? "" : row.get(column.name());
        boolean linked = column.isReference() && !value.isEmpty();
        if (mode == DisplayMode.VALUE) {
            if (linked && links) {
                json.writeObjectFieldStart(name);
                json.writeStringField("link", link(column, value));
                json.writeStringField("value", value);
                json.writeEndObject();
            } else {
                json.writeStringField(name, value);
            }
            return;
        }
        String shown = row == null || unreadable != null ? "" : shown(column, value, row);
        if (mode == DisplayMode.DISPLAY && !(linked && links)) {
            json.writeStringField(name, shown);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("display_value", shown);
        if (linked && links) {
            json.writeStringField("link", link(column, value));
        }
        if (mode == DisplayMode.BOTH) {
            json.writeStringField("value", value);
        }
        json.writeEndObject();
    }

    private String link(Column column, String value) {
        return origin + "/api/now/table/" + column.reference() + (column.referenceByName() ? "?name=" : "/") + value;
    }

    private String shown(Column column, String value, Row row) {
        if (column.isJournal() || column.isConversation()) {
            return journal.conversation(row, column, settings.displayZone);
        }
        if (column.isReference() && !column.referenceByName()) {
            return value.equals("global")
                    ? value
                    : store.find(column.reference(), value)
                            .map(target ->
                                    target.get(target.table.displayColumn().name()))
                            .orElse("");
        }
        if (column.choice()) {
            return choices.label(row.table, column.name(), value).orElse(value);
        }
        return column.isDateTime() ? Moments.shown(value, settings.displayZone) : value;
    }
}
