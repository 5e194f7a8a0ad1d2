package io.ticketbridge.sandbox;

import java.util.HashMap;
import java.util.Map;

/** What a person fills in to move a ticket, by table: the state, and what the state makes mandatory. */
public final class TicketMoves {
    private static final String ASSIGNEE = "46d44a23a9fe19810012d100cca80666";

    private static final Map<String, Map<String, String>> STATES = Map.of(
            "incident", Map.of("start", "2", "wait", "3", "resolve", "6", "close", "7", "cancel", "8"),
            "problem", Map.of("start", "103", "wait", "102", "resolve", "106", "close", "107", "cancel", "107"),
            "change_request", Map.of("start", "-1", "wait", "-4", "resolve", "0", "close", "3", "cancel", "4"),
            "sn_si_incident", Map.of("start", "16", "wait", "18", "resolve", "100", "close", "3", "cancel", "7"),
            "sn_customerservice_case",
                    Map.of("start", "10", "wait", "18", "resolve", "6", "close", "3", "cancel", "7"));
    private static final Map<String, String> TASK =
            Map.of("start", "2", "wait", "-5", "resolve", "3", "close", "3", "cancel", "4");

    private TicketMoves() {}

    /**
     * The columns of a move and their values.
     *
     * @param move {@code start}, {@code wait}, {@code resolve}, {@code close} or {@code cancel}
     * @param words for the notes that a state makes mandatory
     */
    public static Map<String, String> of(String table, String move, String words) {
        Map<String, String> fields = new HashMap<>(more(table, move, words));
        fields.put("state", state(table, move));
        return fields;
    }

    /** The value of the state that a move leads to. */
    public static String state(String table, String move) {
        return STATES.getOrDefault(table, TASK).get(move);
    }

    private static Map<String, String> more(String table, String move, String words) {
        return switch (move) {
            case "start" -> Map.of("assigned_to", ASSIGNEE);
            case "wait" -> table.equals("incident") ? Map.of("hold_reason", "4") : Map.of("assigned_to", ASSIGNEE);
            default -> done(table, move.equals("cancel"), words);
        };
    }

    private static Map<String, String> done(String table, boolean cancel, String words) {
        return switch (table) {
            case "incident" -> Map.of("close_code", cancel ? "User error" : "Solution provided", "close_notes", words);
            case "problem" ->
                cancel
                        ? Map.of("resolution_code", "canceled", "close_notes", words)
                        : Map.of(
                                "resolution_code",
                                "fix_applied",
                                "cause_notes",
                                words,
                                "fix_notes",
                                words,
                                "assigned_to",
                                ASSIGNEE);
            case "change_request" -> Map.of("close_code", cancel ? "unsuccessful" : "successful", "close_notes", words);
            case "sn_si_incident" ->
                Map.of("close_code", cancel ? "False positive" : "Threat mitigated", "close_notes", words);
            case "sn_customerservice_case" ->
                Map.of(
                        "resolution_code",
                        cancel ? "Canceled" : "Solved - Fixed by Support/Guidance provided",
                        "close_notes",
                        words);
            default -> Map.of("close_notes", words);
        };
    }
}
