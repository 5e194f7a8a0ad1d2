package io.ticketbridge.deliver.instance;

import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.TicketFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an instance says of one table: the choices of its columns and how long their texts may be (P22). Columns are often
 * inherited: most of an incident's are on {@code task}.
 *
 * @param choices column to label to value, in the instance's order
 * @param lengths column to characters
 * @param columns that the table has, of those that are written
 */
public record Dictionary(Map<String, Map<String, String>> choices, Map<String, Integer> lengths, Set<String> columns) {
    /** Known nothing: labels are sent as they are, and texts are cut at the lengths that ServiceNow ships. */
    static final Dictionary EMPTY = new Dictionary(Map.of(), Map.of(), Set.of());

    private static final Map<String, Integer> SHIPPED_LENGTHS =
            Map.of("short_description", 160, "description", 4000, "close_notes", 4000, "correlation_display", 100);

    /**
     * A table that has choices of its own for a column has none of those that it would inherit.
     *
     * @param tables the table and what it extends, nearest first
     */
    static Dictionary of(
            List<String> tables, List<Map<String, Object>> choiceRows, List<Map<String, Object>> columnRows) {
        Map<String, String> nearest = new HashMap<>();
        choiceRows.forEach(row -> nearest.merge(
                Row.text(row, "element"),
                Row.text(row, "name"),
                (one, other) -> tables.indexOf(one) <= tables.indexOf(other) ? one : other));
        Map<String, Map<String, String>> choices = new LinkedHashMap<>();
        choiceRows.stream()
                .filter(row -> Row.text(row, "name").equals(nearest.get(Row.text(row, "element"))))
                .forEach(row -> choices.computeIfAbsent(Row.text(row, "element"), element -> new LinkedHashMap<>())
                        .putIfAbsent(Row.text(row, "label"), Row.text(row, "value")));
        Map<String, Integer> lengths = new LinkedHashMap<>();
        Set<String> columns = new HashSet<>();
        for (Map<String, Object> row : columnRows) {
            String column = Row.text(row, "element");
            String length = Row.text(row, "max_length");
            columns.add(column);
            if (isText(row) && length.matches("[1-9]\\d{0,8}")) {
                lengths.putIfAbsent(column, Integer.valueOf(length));
            }
        }
        return new Dictionary(choices, lengths, columns);
    }

    /** A key that is cut is told by its look-up, and must not look as if it had been taken. */
    private static boolean isText(Map<String, Object> row) {
        String column = Row.text(row, "element");
        return TicketFile.TEXTS.contains(column)
                || Row.text(row, "internal_type").equals("string") && !column.equals("correlation_id");
    }

    /** A choice is no text to be cut. */
    public int length(String column) {
        if (!choices.getOrDefault(column, Map.of()).isEmpty()) {
            return Integer.MAX_VALUE;
        }
        return lengths.getOrDefault(column, SHIPPED_LENGTHS.getOrDefault(column, Integer.MAX_VALUE));
    }

    /** The value of a choice that was given by label or by value; what is no choice here stays as it is. */
    String value(String column, String given) {
        Map<String, String> labels = choices.get(column);
        if (labels == null || labels.containsValue(given)) {
            return given;
        }
        String wanted = given.strip().toLowerCase(Locale.ROOT);
        return labels.entrySet().stream()
                .filter(label -> label.getKey().strip().toLowerCase(Locale.ROOT).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(given);
    }

    /** Columns as the table takes them: choices by value, texts cut to their length. */
    public Map<String, String> fitting(Map<String, String> fields) {
        Map<String, String> fitting = new LinkedHashMap<>();
        fields.forEach((column, given) -> {
            String clean = column.equals("short_description") ? PlainText.oneLine(given) : PlainText.lines(given);
            fitting.put(column, PlainText.cut(value(column, clean), length(column)));
        });
        return fitting;
    }
}
