package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.TicketMoves;
import io.ticketbridge.sandbox.servicenow.JournalEntry;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person at the simulated ServiceNow sees and does. */
final class TicketDesk {
    static final List<String> PRIORITIES = List.of("1", "2", "3", "4", "5");
    private static final Map<String, String> MOVES =
            Map.of("start", "work started", "resolve", "resolved", "close", "closed", "cancel", "cancelled");
    private static final String PERSON = "beth.anglin";
    private static final String BY_HAND = "Done by hand on the sandbox's control page.";
    private static final int SHOWN = 200;

    /**
     * A ticket as it is now.
     *
     * @param state its label
     * @param journal comments and work notes, oldest first
     * @param attachments names of files
     */
    record Ticket(
            String table,
            String sysId,
            String number,
            String state,
            boolean active,
            String priority,
            String shortDescription,
            String description,
            String correlationId,
            String openedAt,
            List<JournalEntry> journal,
            List<String> attachments) {}

    private final ServiceNowSimulator serviceNow;

    TicketDesk(ServiceNowSimulator serviceNow) {
        this.serviceNow = serviceNow;
    }

    /** The newest {@value #SHOWN} tickets of every table, newest first. */
    List<Ticket> all() {
        Map<String, String> labels = labels();
        Comparator<Map<String, String>> age = Comparator.comparing(
                        (Map<String, String> row) -> row.get("sys_created_on"))
                .thenComparing(row -> row.get("number"));
        return serviceNow.records("task").stream()
                .sorted(age.reversed())
                .limit(SHOWN)
                .map(row -> ticket(row, labels))
                .toList();
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("ticket/move", this::move);
        actions.put("ticket/priority", this::prioritise);
        actions.put("ticket/note", this::note);
        actions.put("ticket/delete", this::delete);
        return actions;
    }

    private Ticket ticket(Map<String, String> row, Map<String, String> labels) {
        String table = row.get("sys_class_name");
        return new Ticket(
                table,
                row.get("sys_id"),
                row.get("number"),
                label(labels, table, "state", row.get("state")),
                row.get("active").equals("true"),
                label(labels, table, "priority", row.get("priority")),
                row.get("short_description"),
                row.get("description"),
                row.get("correlation_id"),
                row.get("opened_at"),
                serviceNow.journal(row.get("sys_id")),
                serviceNow.attachments(row.get("sys_id")).stream()
                        .map(file -> file.fileName())
                        .toList());
    }

    private String move(Form form) {
        Map<String, String> ticket = ticket(form);
        String move = form.oneOf("move", List.copyOf(MOVES.keySet()));
        serviceNow.edit(ticket.get("sys_class_name"), ticket.get("sys_id"), fields(ticket, move), PERSON);
        return ticket.get("number") + ": " + MOVES.get(move);
    }

    private static Map<String, String> fields(Map<String, String> ticket, String move) {
        Map<String, String> fields = new HashMap<>(TicketMoves.of(ticket.get("sys_class_name"), move, BY_HAND));
        // What a person entered before stays as it is.
        fields.keySet()
                .removeIf(column -> !column.equals("state")
                        && !column.equals("resolution_code")
                        && !ticket.getOrDefault(column, "").isEmpty());
        return fields;
    }

    /** An incident's priority follows from impact and urgency. */
    private String prioritise(Form form) {
        Map<String, String> ticket = ticket(form);
        String priority = form.oneOf("priority", PRIORITIES);
        int sum = Integer.parseInt(priority) + 1;
        int impact = sum / 2;
        serviceNow.edit(
                ticket.get("sys_class_name"),
                ticket.get("sys_id"),
                Map.of("priority", priority, "impact", "" + impact, "urgency", "" + (sum - impact)),
                PERSON);
        return ticket.get("number") + ": priority " + priority;
    }

    private String note(Form form) {
        Map<String, String> ticket = ticket(form);
        String kind = form.oneOf("kind", List.of("work_notes", "comments"));
        serviceNow.edit(
                ticket.get("sys_class_name"), ticket.get("sys_id"), Map.of(kind, form.required("text")), PERSON);
        return ticket.get("number") + ": " + (kind.equals("comments") ? "comment" : "work note") + " added";
    }

    private String delete(Form form) {
        Map<String, String> ticket = ticket(form);
        serviceNow.delete(ticket.get("sys_class_name"), ticket.get("sys_id"));
        return ticket.get("number") + ": deleted";
    }

    private Map<String, String> ticket(Form form) {
        String sysId = form.required("sys_id");
        return serviceNow
                .record("task", sysId)
                .orElseThrow(() -> new IllegalArgumentException("There is no ticket " + sysId + " any more"));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        serviceNow
                .records("sys_choice")
                .forEach(row ->
                        labels.put(key(row.get("name"), row.get("element"), row.get("value")), row.get("label")));
        return labels;
    }

    private static String label(Map<String, String> labels, String table, String element, String value) {
        String own = labels.get(key(table, element, value));
        return own != null ? own : labels.getOrDefault(key("task", element, value), value);
    }

    private static String key(String table, String element, String value) {
        return table + '.' + element + '.' + value;
    }
}
