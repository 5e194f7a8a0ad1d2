package io.ticketbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.servicenow.JournalEntry;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a {@link Bridge} made in ServiceNow, and what people do with it there. */
public interface Incidents {
    ServiceNowSimulator serviceNow();

    /** The summary tickets that tell what breakers hold. */
    default List<Map<String, String>> summaries() {
        return tickets().stream()
                .filter(ticket -> ticket.get("short_description").startsWith("Breakers hold"))
                .toList();
    }

    /** The incidents that ticketbridge opened, in the order of their numbers. */
    default List<Map<String, String>> tickets() {
        return serviceNow().records("incident").stream()
                .filter(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                .sorted(Comparator.comparing(record -> record.get("number")))
                .toList();
    }

    /** The only incident. */
    default Map<String, String> ticket() {
        assertThat(tickets()).hasSize(1);
        return tickets().get(0);
    }

    /** The only incident whose title contains the text. */
    default Map<String, String> ticket(String title) {
        List<Map<String, String>> found = tickets().stream()
                .filter(ticket -> ticket.get("short_description").contains(title))
                .toList();
        assertThat(found).as("tickets whose title has %s", title).hasSize(1);
        return found.get(0);
    }

    /** The work notes of an incident, oldest first. */
    default List<String> notes(Map<String, String> ticket) {
        return serviceNow().journal(ticket.get("sys_id")).stream()
                .filter(entry -> entry.element().equals("work_notes"))
                .map(JournalEntry::value)
                .toList();
    }

    /** A person edits a ticket. */
    default void edit(Map<String, String> ticket, Map<String, String> fields) {
        serviceNow().edit("incident", ticket.get("sys_id"), fields, "beth.anglin");
    }

    /** A person resolves a ticket. */
    default void resolve(Map<String, String> ticket) {
        edit(ticket, Map.of("state", "6", "close_code", "Solution provided", "close_notes", "Done"));
    }

    /** The ticket as it is now. */
    default Map<String, String> again(Map<String, String> ticket) {
        return serviceNow().record("incident", ticket.get("sys_id")).orElseThrow();
    }
}
