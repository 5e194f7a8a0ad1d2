package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders {@code docs/maps.md}: what is written and read where a profile names nothing but its table. */
final class MapsPage {
    static final List<String> TABLES =
            List.of("incident", "problem", "sn_si_incident", "sn_customerservice_case", "change_request");

    /** Stands for every table that has no defaults of its own. */
    private static final String OTHER = "task";

    private MapsPage() {}

    static String text() {
        return """
                # Maps: severity, state, close code

                What ticketbridge writes into a ticket, and how it reads one, where a profile names nothing but its table. Any of it can be set: a severity with
                `profile.NAME.severity.LEVEL.COLUMN`, what is written to resolve or reopen with `profile.NAME.on-resolve.COLUMN` and `.on-reopen.COLUMN`, and the maps between a
                case and its ticket with `profile.NAME.sync.status.VALUE`, `.sync.priority.VALUE` and `.sync.findings.VALUE` ([settings](settings.md)).
                This page is made of the code; a test compares them.

                ## How to read it
                - **Severity** is the worst of the failures that the ticket covers. ServiceNow computes the priority from impact and urgency, so those two are written. *unknown* is
                  what a source says that names no severity: every finding of IBM SCC.
                - **Resolve and reopen** are what is written to tickets of findings. A column that the table does not have is left out. Where an instance does not have the close code,
                  the first of these that it has is written: ALIKE.
                  Where it has none of them, or not the state, nothing is guessed: `check` and a dead letter name the setting to make.
                - **In step with a case or alert**: of several values the first that the instance has is written, and each is read. Values of an alert (*In Progress*, *True
                  Positive*) are the same ones in another spelling; `OtherFindings` is one of alerts alone. A priority is not written by its map: it is the case's severity (P0 critical, P1 high, P2 medium,
                  P3 low) that is written, by the table above it.
                - **One close code in several rows** stays what the case says while it fits. If a person changes the ticket to it, the case gets the first row that has it; the last
                  column says so. That is a statement in Vision One: a ticket that is closed as a duplicate makes the case *NoFindings*. Set `sync.findings.VALUE` if that is not what you mean.
                - **A close code in no row** is told to the case in a note, and its findings stay. **A state in no row** ends the start and is named. *Resolved* and *closed* below are what `new-ticket-when-status`
                  means by these words, whatever the table's own labels are.
                """
                        .replace("ALIKE", quoted(ShippedChoices.ALIKE.get("close_code")))
                + TABLES.stream().map(MapsPage::section).collect(Collectors.joining())
                + "\n## Any other table\nIt is taken for a `task`, as far as its choices fit.\n\n" + body(OTHER);
    }

    private static String section(String table) {
        return "\n## `" + table + "`\n" + body(table);
    }

    private static String body(String table) {
        return states(table) + "\n" + severities(table) + written(table) + inStep(table);
    }

    private static String states(String table) {
        return "States, in their order: "
                + Stream.of(Phase.OPEN, Phase.RESOLVED, Phase.CLOSED)
                        .filter(phase ->
                                Lifecycle.of(table).states().stream().anyMatch(state -> state.phase() == phase))
                        .map(phase -> word(phase) + " "
                                + Lifecycle.of(table).states().stream()
                                        .filter(state -> state.phase() == phase)
                                        .map(state -> state.value() + " " + state.label())
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; "))
                + ".\n";
    }

    private static String severities(String table) {
        List<Severity> worstFirst =
                Stream.of(Severity.values()).sorted(Comparator.reverseOrder()).toList();
        if (worstFirst.stream()
                .allMatch(level -> ProfileDefaults.severity(table, level).isEmpty())) {
            return "A severity writes nothing unless the profile says what.\n";
        }
        StringBuilder rows = new StringBuilder("| severity | is written as |\n| --- | --- |\n");
        worstFirst.forEach(level -> rows.append("| ")
                .append(word(level))
                .append(" | ")
                .append(columns(table, ProfileDefaults.severity(table, level)))
                .append(" |\n"));
        return rows.toString();
    }

    private static String written(String table) {
        return "\n| a ticket of findings is | with |\n| --- | --- |\n| resolved | "
                + columns(table, ProfileDefaults.onResolve(table)) + " |\n| reopened | "
                + columns(table, ProfileDefaults.onReopen(table)) + " |\n";
    }

    private static String inStep(String table) {
        SyncMaps maps = SyncMaps.of(table);
        StringBuilder rows = new StringBuilder();
        for (SyncField field : List.of(SyncField.STATUS, SyncField.PRIORITY, SyncField.FINDINGS)) {
            Map<String, String> first = new LinkedHashMap<>();
            maps.get(field)
                    .forEach((word, values) ->
                            values.forEach(value -> first.putIfAbsent(shown(table, field, value), word)));
            maps.get(field).forEach((word, values) -> {
                List<String> shown =
                        values.stream().map(value -> shown(table, field, value)).toList();
                rows.append("| ").append(field).append(" `").append(word).append("` | `");
                rows.append(SyncColumns.of(table, field)).append("` ").append(String.join(", ", shown));
                rows.append(" | ").append(readOtherwise(word, shown, first)).append(" |\n");
            });
        }
        return rows.isEmpty()
                ? "\nIt has no maps: for cases or alerts set `sync.status.Open`, `.In-progress` and `.Closed`.\n"
                : "\n| on the case or alert | on the ticket | read otherwise |\n| --- | --- | --- |\n" + rows;
    }

    private static String readOtherwise(String word, List<String> shown, Map<String, String> first) {
        Map<String, List<String>> byWord = shown.stream()
                .filter(value -> !first.get(value).equals(word))
                .collect(Collectors.groupingBy(first::get, LinkedHashMap::new, Collectors.toList()));
        return byWord.entrySet().stream()
                .map(other -> (other.getValue().size() == shown.size() ? "" : String.join(", ", other.getValue()) + " ")
                        + "as `"
                        + other.getKey() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String columns(String table, Map<String, String> columns) {
        Map<String, String> ordered = new TreeMap<>(Comparator.comparing((String column) -> !column.equals("state"))
                .thenComparing(Comparator.naturalOrder()));
        ordered.putAll(columns);
        return ordered.entrySet().stream()
                .map(column -> "`" + column.getKey() + "` "
                        + (column.getKey().equals("state")
                                ? state(table, column.getValue())
                                : "`" + column.getValue() + "`"))
                .collect(Collectors.joining(", "));
    }

    private static String shown(String table, SyncField field, String value) {
        return field == SyncField.STATUS ? state(table, value) : "`" + value + "`";
    }

    private static String state(String table, String value) {
        return Lifecycle.of(table).states().stream()
                .filter(state -> state.value().equals(value))
                .map(state -> value + " (" + state.label() + ")")
                .findFirst()
                .orElse(value);
    }

    private static String quoted(List<String> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
