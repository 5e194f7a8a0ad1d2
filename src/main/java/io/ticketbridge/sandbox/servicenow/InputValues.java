package io.ticketbridge.sandbox.servicenow;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Turns what was sent for a column into what is stored: cut, resolved, or emptied, and never with an error. */
final class InputValues {

    private final Store store;
    private final Choices choices;
    private final Settings settings;

    InputValues(Store store, Choices choices, Settings settings) {
        this.store = store;
        this.choices = choices;
        this.settings = settings;
    }

    String stored(TableDefinition table, Column column, String sent, boolean displayValues) {
        String value = displayValues ? fromDisplay(table, column, sent) : sent;
        if (column.isBoolean()) {
            return value.isEmpty() ? "" : String.valueOf(value.equalsIgnoreCase("true") || value.equals("1"));
        }
        if (column.isInteger()) {
            return value.strip().matches("-?\\d{1,18}") ? String.valueOf(Long.parseLong(value.strip())) : "";
        }
        if (column.isDateTime()) {
            return dateTime(value);
        }
        return value.length() > column.maxLength() ? value.substring(0, column.maxLength()) : value;
    }

    private String fromDisplay(TableDefinition table, Column column, String sent) {
        if (sent.isEmpty()) {
            return sent;
        }
        if (column.isReference()) {
            return reference(column, sent);
        }
        if (column.choice()) {
            return choices.valueOfLabel(table, column.name(), sent).orElse(sent);
        }
        if (column.isDateTime() && !dateTime(sent).isEmpty()) {
            return LocalDateTime.parse(sent, Moments.FORMAT)
                    .atZone(settings.displayZone)
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .format(Moments.FORMAT);
        }
        return sent;
    }

    /** The record that goes by that name, or itself if it is a sys_id; an unknown name becomes empty. */
    private String reference(Column column, String sent) {
        TableDefinition target = store.dictionary.table(column.reference());
        if (target == null) {
            return "";
        }
        if (store.find(target, sent).isPresent()) {
            return sent;
        }
        List<Row> named = store.lookup(target, target.displayColumn().name(), sent);
        return named.isEmpty() ? "" : named.get(0).sysId();
    }

    private static String dateTime(String value) {
        try {
            return LocalDateTime.parse(value.strip(), Moments.FORMAT).format(Moments.FORMAT);
        } catch (DateTimeParseException e) {
            return "";
        }
    }
}
