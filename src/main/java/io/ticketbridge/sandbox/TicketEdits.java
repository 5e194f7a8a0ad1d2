package io.ticketbridge.sandbox;

import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The edits of a ticket that a person makes in ServiceNow. It resolves tickets and reopens them, and never closes or cancels
 * one for good: from then on ServiceNow takes nothing from the API any more.
 */
final class TicketEdits {
    private static final List<String> EDITS = List.of(
            "state",
            "state",
            "priority",
            "title",
            "description",
            "resolve",
            "assignee",
            "attachment",
            "work_notes",
            "work_notes",
            "comments");
    private static final List<String> LEVELS = List.of("1", "2", "3");
    private static final List<String> LOOKED_UP = List.of("incident", "problem");
    private static final List<String> PRIORITIES = List.of("1", "2", "3", "4");

    private final ServiceNowSimulator serviceNow;
    private final Wording wording;
    private final Notebook notebook;

    TicketEdits(ServiceNowSimulator serviceNow, Wording wording, Notebook notebook) {
        this.serviceNow = serviceNow;
        this.wording = wording;
        this.notebook = notebook;
    }

    /** Edits one ticket; nothing where there is none. */
    Optional<Edit> once() {
        List<Map<String, String>> tickets = serviceNow.records("task").stream()
                .filter(ticket -> !ticket.get("correlation_id").isEmpty())
                .filter(ticket -> ticket.get("active").equals("true"))
                .sorted(Comparator.comparing(ticket -> ticket.get("number")))
                .toList();
        if (tickets.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> ticket = wording.pick(tickets);
        String edit = wording.pick(EDITS);
        return Optional.of(
                switch (edit) {
                    case "work_notes", "comments" -> note(ticket, edit);
                    case "attachment" -> attach(ticket);
                    default -> changed(ticket, fields(ticket, edit));
                });
    }

    private Map<String, String> fields(Map<String, String> ticket, String edit) {
        return switch (edit) {
            case "state", "resolve" -> moved(ticket, edit.equals("resolve"));
            case "priority" -> priority(ticket);
            case "title" -> Map.of("short_description", wording.title());
            case "description" -> Map.of("description", wording.description());
            default -> Map.of("assigned_to", wording.other(people(), ticket.get("assigned_to")));
        };
    }

    /** What is resolved is reopened, whatever was drawn. */
    private Map<String, String> moved(Map<String, String> ticket, boolean resolve) {
        String table = ticket.get("sys_class_name");
        String state = ticket.get("state");
        if (resolve && !state.equals(TicketMoves.state(table, "resolve"))) {
            return resolved(table);
        }
        String move = state.equals(TicketMoves.state(table, "start")) ? "wait" : "start";
        return TicketMoves.of(table, move, "");
    }

    private Map<String, String> resolved(String table) {
        Map<String, String> fields =
                new HashMap<>(TicketMoves.of(table, "resolve", wording.mark("Close notes") + " " + wording.sentence()));
        if (fields.containsKey("close_code")) {
            fields.put("close_code", wording.pick(choices(table, "close_code")));
        }
        return fields;
    }

    /** The priority of an incident or a problem follows from impact and urgency. */
    private Map<String, String> priority(Map<String, String> ticket) {
        if (!LOOKED_UP.contains(ticket.get("sys_class_name"))) {
            return Map.of("priority", wording.other(PRIORITIES, ticket.get("priority")));
        }
        String impact = wording.pick(LEVELS);
        return Map.of(
                "impact",
                impact,
                "urgency",
                impact.equals(ticket.get("impact"))
                        ? wording.other(LEVELS, ticket.get("urgency"))
                        : wording.pick(LEVELS));
    }

    private Edit changed(Map<String, String> ticket, Map<String, String> fields) {
        serviceNow.edit(ticket.get("sys_class_name"), ticket.get("sys_id"), fields, Colleague.USER);
        return edit(ticket, fields);
    }

    private Edit note(Map<String, String> ticket, String field) {
        TypedNote note = notebook.note(Edit.Side.TICKET, ticket.get("sys_id"), field);
        Edit edit = changed(ticket, Map.of(field, note.text()));
        notebook.keep(note);
        return edit;
    }

    private Edit attach(Map<String, String> ticket) {
        String text = wording.mark("Evidence") + " " + wording.sentence();
        String file = text.substring(0, text.indexOf(':')).replace(' ', '-') + ".txt";
        serviceNow.attach(
                ticket.get("sys_class_name"),
                ticket.get("sys_id"),
                file,
                "text/plain",
                text.getBytes(StandardCharsets.UTF_8),
                Colleague.USER);
        return edit(ticket, Map.of("attachment", file));
    }

    private List<String> people() {
        return serviceNow.records("sys_user").stream()
                .filter(user -> !user.get("web_service_access_only").equals("true"))
                .map(user -> user.get("sys_id"))
                .toList();
    }

    private List<String> choices(String table, String column) {
        return serviceNow.records("sys_choice").stream()
                .filter(choice -> choice.get("name").equals(table)
                        && choice.get("element").equals(column)
                        && !choice.get("inactive").equals("true"))
                .map(choice -> choice.get("value"))
                .toList();
    }

    private static Edit edit(Map<String, String> ticket, Map<String, String> fields) {
        return new Edit(Edit.Side.TICKET, ticket.get("sys_id"), ticket.get("number"), fields);
    }
}
