package io.ticketbridge.sandbox.control;

import java.util.HashMap;
import java.util.Map;

/** What a person fills in to move a ticket, by table: the state, and what the state makes mandatory. */
final class TicketMoves {
    private static final String BY_HAND = "Done by hand on the sandbox's control page.";
    private static final String ASSIGNEE = "46d44a23a9fe19810012d100cca80666";
    private static final Map<String, String> FIXED = Map.of(
            "resolution_code", "fix_applied", "cause_notes", BY_HAND, "fix_notes", BY_HAND, "assigned_to", ASSIGNEE);

    private static final Map<String, Map<String, String>> STATES = Map.of(
            "incident", Map.of("start", "2", "resolve", "6", "close", "7", "cancel", "8"),
            "problem", Map.of("start", "103", "resolve", "106", "close", "107", "cancel", "107"),
            "change_request", Map.of("start", "-1", "resolve", "0", "close", "3", "cancel", "4"),
            "sn_si_incident", Map.of("start", "16", "resolve", "100", "close", "3", "cancel", "7"),
            "sn_customerservice_case", Map.of("start", "10", "resolve", "6", "close", "3", "cancel", "7"));
    private static final Map<String, String> TASK = Map.of("start", "2", "resolve", "3", "close", "3", "cancel", "4");

    private TicketMoves() {}

    static Map<String, String> of(String table, String move) {
        Map<String, String> fields = new HashMap<>(more(table, move));
        fields.put("state", STATES.getOrDefault(table, TASK).get(move));
        return fields;
    }

    private static Map<String, String> more(String table, String move) {
        boolean cancel = move.equals("cancel");
        if (move.equals("start")) {
            return Map.of("assigned_to", ASSIGNEE);
        }
        return switch (table) {
            case "incident" ->
                Map.of("close_code", cancel ? "User error" : "Solution provided", "close_notes", BY_HAND);
            case "problem" -> cancel ? Map.of("resolution_code", "canceled", "close_notes", BY_HAND) : FIXED;
            case "change_request" ->
                Map.of("close_code", cancel ? "unsuccessful" : "successful", "close_notes", BY_HAND);
            case "sn_si_incident" ->
                Map.of("close_code", cancel ? "False positive" : "Threat mitigated", "close_notes", BY_HAND);
            case "sn_customerservice_case" ->
                Map.of(
                        "resolution_code",
                        cancel ? "Canceled" : "Solved - Fixed by Support/Guidance provided",
                        "close_notes",
                        BY_HAND);
            default -> Map.of("close_notes", BY_HAND);
        };
    }
}
