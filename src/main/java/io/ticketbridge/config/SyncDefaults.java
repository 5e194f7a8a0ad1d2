package io.ticketbridge.config;

import io.ticketbridge.ticket.SyncField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lists of the sync maps where a profile sets none (servicenow.md, section 4): states and priorities by value, which no
 * translation of an instance changes. Close codes of older and newer instances stand side by side; what an instance does not
 * have is passed over.
 */
final class SyncDefaults {
    static final List<String> STATUSES = List.of("Open", "In-progress", "Closed");
    static final List<String> PRIORITIES = List.of("P0", "P1", "P2", "P3");
    static final List<String> FINDINGS =
            List.of("TruePositive", "FalsePositive", "BenignTruePositive", "Noteworthy", "NoFindings", "OtherFindings");

    private static final List<List<String>> NONE = List.of();
    private static final List<List<String>> TASK_PRIORITIES =
            List.of(List.of("1"), List.of("2"), List.of("3"), List.of("4", "5"));

    private static final List<String> SOLVED = List.of(
            "Solution provided",
            "Workaround provided",
            "Resolved by change",
            "Resolved by problem",
            "Solved (Permanently)",
            "Solved (Work Around)",
            "Solved Remotely (Permanently)",
            "Solved Remotely (Work Around)");
    private static final List<String> BY_CALLER =
            List.of("Resolved by caller", "Closed/Resolved by Caller", "Duplicate");

    private static final Map<String, List<List<String>>> STATES = Map.of(
            "incident",
            List.of(List.of("1"), List.of("2", "3", "4", "5"), List.of("6", "7", "8")),
            "problem",
            List.of(List.of("101", "102", "1"), List.of("103", "104", "2", "3"), List.of("106", "107", "4")),
            "sn_si_incident",
            List.of(List.of("10"), List.of("16", "18", "19", "20"), List.of("3", "100", "7")),
            "sn_customerservice_case",
            List.of(List.of("1"), List.of("10", "18"), List.of("6", "3", "7")),
            "change_request",
            NONE);
    private static final List<List<String>> TASK_STATES =
            List.of(List.of("1", "-5"), List.of("2"), List.of("3", "4", "7"));

    private static final Map<String, List<List<String>>> CLOSE_CODES = Map.of(
            "incident",
            List.of(
                    SOLVED,
                    List.of("User error", "Not Solved (Not Reproducible)"),
                    List.of("Known error", "Not Solved (Too Costly)", "Risk accepted"),
                    SOLVED,
                    BY_CALLER,
                    BY_CALLER),
            "problem",
            List.of(
                    List.of("fix_applied"),
                    List.of("canceled"),
                    List.of("risk_accepted"),
                    List.of("fix_applied"),
                    List.of("canceled", "duplicate"),
                    List.of("canceled", "duplicate")),
            "sn_si_incident",
            List.of(
                    List.of("Threat mitigated", "Patched vulnerability"),
                    List.of("False positive", "Invalid vulnerability"),
                    List.of("Threat mitigated"),
                    List.of("Threat mitigated"),
                    List.of("Invalid vulnerability", "Duplicate"),
                    List.of("Duplicate")),
            "sn_customerservice_case",
            List.of(
                    List.of("Solved - Fixed by Support/Guidance provided", "Solved - Workaround"),
                    List.of("Canceled"),
                    List.of("Solved - Workaround"),
                    List.of("Solved - Fixed by Support/Guidance provided"),
                    List.of("Canceled"),
                    List.of("Canceled")));

    /** States that only instances which are older than their table's model still use. */
    private static final Map<String, Set<String>> LEGACY_STATES =
            Map.of("incident", Set.of("4", "5"), "problem", Set.of("1", "2", "3", "4"));

    private SyncDefaults() {}

    /** The values that a case has for a field; none where the values are free text. */
    static List<String> words(SyncField field) {
        return switch (field) {
            case STATUS -> STATUSES;
            case PRIORITY -> PRIORITIES;
            case FINDINGS -> FINDINGS;
            case NAME, DESCRIPTION -> List.of();
        };
    }

    /** Per value of a case its list for this table; a value without one is left out. */
    static Map<String, List<String>> lists(String table, SyncField field) {
        List<List<String>> lists =
                switch (field) {
                    case STATUS -> STATES.getOrDefault(table, TASK_STATES);
                    case PRIORITY -> CLOSE_CODES.containsKey(table) ? TASK_PRIORITIES : NONE;
                    case FINDINGS -> CLOSE_CODES.getOrDefault(table, NONE);
                    case NAME, DESCRIPTION -> NONE;
                };
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (int at = 0; at < lists.size(); at++) {
            named.put(words(field).get(at), lists.get(at));
        }
        return named;
    }

    static boolean isLegacyState(String table, String value) {
        return LEGACY_STATES.getOrDefault(table, Set.of()).contains(value);
    }
}
