package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.text.ProfileColumns;
import io.ticketbridge.finding.Severity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a profile that names only its table writes: the sensible thing for the tables that ServiceNow ships. */
public final class ProfileDefaults {
    private static final Map<String, String> FIELDS =
            Map.of("short_description", "${body.title}", "description", "${body.description}");

    /** Columns that are written although no profile names them; the state apart, without which nothing is resolved. */
    private static final Set<String> OPTIONAL = Set.of(
            "short_description",
            "description",
            "caller_id",
            "parent",
            "impact",
            "urgency",
            "priority",
            "close_code",
            "resolution_code",
            "close_notes",
            "cause_notes",
            "fix_notes");

    private ProfileDefaults() {}

    public static boolean writes(String column) {
        return OPTIONAL.contains(column) || column.equals("state");
    }

    /** Without what no profile asks for and the table does not have. */
    public static Map<String, String> fitting(
            ProfileSettings profile, String table, Dictionary dictionary, Map<String, String> fields) {
        Set<String> asked = new HashSet<>(ProfileColumns.of(profile).keySet());
        if (!profile.caller().isEmpty()) {
            asked.add("caller_id");
        }
        Map<String, String> fitting = new LinkedHashMap<>(fields);
        fitting.keySet()
                .removeIf(column ->
                        OPTIONAL.contains(column) && !asked.contains(column) && !has(table, dictionary, column));
        return fitting;
    }

    private static boolean has(String table, Dictionary dictionary, String column) {
        // Of the tables that ServiceNow ships one has a caller; in any other it would make each new ticket a dead
        // letter.
        return dictionary.columns().isEmpty()
                ? !column.equals("caller_id") || table.equals("incident")
                : dictionary.columns().contains(column);
    }

    public static Map<String, String> fields() {
        return FIELDS;
    }

    public static Map<String, String> onResolve(String table) {
        return switch (table) {
            case "incident" ->
                Map.of(
                        "state", "6",
                        "close_code", "Solution provided",
                        "close_notes", "Nothing fails any more: ${body.title}");
            case "problem" ->
                Map.of(
                        "state", "106",
                        "resolution_code", "fix_applied",
                        "cause_notes", "${body.title}",
                        "fix_notes", "Nothing fails any more",
                        "close_notes", "Nothing fails any more: ${body.title}");
            case "sn_customerservice_case" ->
                Map.of("state", "6", "close_notes", "Nothing fails any more: ${body.title}");
            case "sn_si_incident" ->
                Map.of(
                        "state", "3",
                        "close_code", "Threat mitigated",
                        "close_notes", "Nothing fails any more: ${body.title}");
            default -> Map.of("state", "3", "close_notes", "Nothing fails any more: ${body.title}");
        };
    }

    public static Map<String, String> onReopen(String table) {
        return switch (table) {
            case "problem" -> Map.of("state", "103");
            case "sn_customerservice_case" -> Map.of("state", "10");
            case "sn_si_incident" -> Map.of("state", "16");
            default -> Map.of("state", "2");
        };
    }

    /** Impact and urgency, never the priority: ServiceNow computes that from the two. */
    public static Map<String, String> severity(String table, Severity severity) {
        if (table.equals("sn_customerservice_case")) {
            return Map.of("priority", priority(severity));
        }
        if (table.equals("incident") || table.equals("problem") || table.equals("sn_si_incident")) {
            return switch (severity) {
                case CRITICAL -> Map.of("impact", "1", "urgency", "1");
                case HIGH -> Map.of("impact", "2", "urgency", "1");
                case MEDIUM -> Map.of("impact", "2", "urgency", "2");
                case LOW, UNKNOWN -> Map.of("impact", "3", "urgency", "2");
                case INFORMATIONAL -> Map.of("impact", "3", "urgency", "3");
            };
        }
        return Map.of();
    }

    private static String priority(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "1";
            case HIGH -> "2";
            case MEDIUM, UNKNOWN -> "3";
            case LOW, INFORMATIONAL -> "4";
        };
    }
}
