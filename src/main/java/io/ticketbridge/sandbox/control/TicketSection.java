package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.servicenow.JournalEntry;
import java.util.List;

/** The tickets in the simulated ServiceNow, each with what a person may do to it. */
final class TicketSection {
    private final TicketDesk desk;
    private final Forms forms;

    TicketSection(TicketDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        List<TicketDesk.Ticket> tickets = desk.all();
        Element section = Page.section(
                0,
                tickets.size() + "",
                tickets.isEmpty()
                        ? "None yet: the first poll opens them. Reload the page in a few seconds."
                        : "What the simulated ServiceNow holds, newest first. Open one to see its notes and to act as Beth Anglin.");
        tickets.forEach(ticket -> section.add(ticket(ticket, ticket.sysId().equals(open))));
        return section;
    }

    private Element ticket(TicketDesk.Ticket ticket, boolean open) {
        Element summary = Element.of("summary")
                .add(
                        Element.of("b").text(ticket.number()),
                        Element.of("span", "class", ticket.active() ? "state" : "state over")
                                .text(ticket.state()),
                        Element.of("span", "class", "priority").text(ticket.priority()),
                        Element.of("span", "class", "title").text(ticket.shortDescription()),
                        Element.of("span", "class", "quiet").text(notes(ticket)));
        return Element.of("details", "id", ticket.sysId())
                .is("open", open)
                .add(summary, actions(ticket), facts(ticket), journal(ticket.journal()), description(ticket));
    }

    private static String notes(TicketDesk.Ticket ticket) {
        int notes = ticket.journal().size();
        return notes == 0 ? "" : notes == 1 ? "1 note" : notes + " notes";
    }

    private Element actions(TicketDesk.Ticket ticket) {
        String id = ticket.sysId();
        Element moves = forms.form("ticket/move", id, "sys_id", id)
                .add(
                        Forms.submit("Start work", "move", "start"),
                        Forms.submit("Resolve", "move", "resolve"),
                        Forms.submit("Close", "move", "close"),
                        Forms.submit("Cancel", "move", "cancel"));
        Element priority = forms.form("ticket/priority", id, "sys_id", id)
                .add(
                        Forms.choice(
                                "priority",
                                "priority",
                                TicketDesk.PRIORITIES,
                                ticket.priority().replaceFirst("\\D.*", "")),
                        Forms.submit("Set priority"));
        Element note = forms.form("ticket/note", id, "sys_id", id)
                .add(
                        Forms.field("text", "Text of a note"),
                        Forms.submit("Add work note", "kind", "work_notes"),
                        Forms.submit("Add comment", "kind", "comments"));
        Element delete = forms.button("Delete", "ticket/delete", "tickets", "sys_id", id);
        return Element.of("div", "class", "actions").add(moves, priority, note, delete);
    }

    private static Element facts(TicketDesk.Ticket ticket) {
        String files = ticket.attachments().isEmpty() ? "" : " · files: " + String.join(", ", ticket.attachments());
        return Element.of("p", "class", "quiet")
                .text(ticket.table() + " · opened " + ticket.openedAt() + " UTC · correlation id "
                        + ticket.correlationId() + files);
    }

    private static Element journal(List<JournalEntry> journal) {
        Element list = Element.of("ol", "class", "journal");
        for (JournalEntry entry : journal) {
            String kind = entry.element().equals("comments") ? "comment" : "work note";
            list.add(Element.of("li")
                    .add(
                            Element.of("span", "class", "quiet")
                                    .text(entry.createdOn() + " " + entry.createdBy() + ", " + kind),
                            Element.of("pre").text(entry.value())));
        }
        return journal.isEmpty() ? Element.of("p", "class", "quiet").text("No notes yet.") : list;
    }

    private static Element description(TicketDesk.Ticket ticket) {
        return Element.of("details")
                .add(
                        Element.of("summary").text("Description"),
                        Element.of("pre").text(ticket.description()));
    }
}
