package io.ticketbridge.deliver;

import io.ticketbridge.deliver.servicenow.Journal;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ledger.GroupFindings;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Listed;
import io.ticketbridge.ticket.Ticket;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one journal entry that a write may bring: what changed, in the order a person would ask. It ends with the write's
 * short reference, by which it is found again after an ambiguous answer (P10, P15).
 */
public final class WorkNotes {
    /** Resources named in a note; the attached list has all of them. */
    private static final int MOST = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final GroupFindings findings;

    public WorkNotes(GroupFindings findings) {
        this.findings = findings;
    }

    Optional<String> opening(Delivery delivery, Optional<Ticket> previous) {
        List<String> parts = new ArrayList<>();
        previous.ifPresent(ticket -> parts.add("This problem had a ticket before: " + ticket.number()));
        delivery.group().head().notes().forEach(note -> parts.add(note(note)));
        return parts.isEmpty() ? Optional.empty() : Optional.of(Journal.text(String.join("\n\n", parts)));
    }

    String changing(Delivery delivery) {
        List<String> parts = new ArrayList<>();
        switch (delivery.getIntent().kind()) {
            case REOPENED -> parts.add("Reopened: " + delivery.getIntent().reason());
            case RESOLVED -> parts.add("Resolved: " + delivery.getIntent().reason());
            default -> {}
        }
        GroupState group = delivery.group();
        if (group.joined() > 0 || group.fixed() > 0) {
            parts.add(group.joined() + " joined, " + group.fixed() + " fixed, " + group.failing() + " fail now");
            add(parts, "Joined:", findings.joined(group, MOST), group.joined());
            add(parts, "Fixed:", findings.fixed(group, MOST), group.fixed());
        }
        Head shown = delivery.ticket().head();
        changes(shown, group.head()).ifPresent(parts::add);
        group.head().notes().stream()
                .filter(note -> shown.notes().stream().noneMatch(old -> old.id().equals(note.id())))
                .forEach(note -> parts.add(note(note)));
        if (parts.isEmpty()) {
            parts.add(capital(delivery.getIntent().reason()));
        }
        return Journal.text(String.join("\n\n", parts) + "\n\n(ticketbridge "
                + delivery.getIntent().reference() + ")");
    }

    private static Optional<String> changes(Head before, Head now) {
        List<String> lines = new ArrayList<>();
        change(lines, "title", before.title(), now.title());
        if (!before.description().equals(now.description())) {
            lines.add("- the description changed");
        }
        Map<String, String> names = new TreeMap<>(before.attributes());
        names.putAll(now.attributes());
        names.keySet()
                .forEach(name -> change(
                        lines,
                        name,
                        before.attributes().getOrDefault(name, ""),
                        now.attributes().getOrDefault(name, "")));
        return lines.isEmpty() ? Optional.empty() : Optional.of("Changed at the source:\n" + String.join("\n", lines));
    }

    private static void change(List<String> lines, String what, String before, String now) {
        if (!before.equals(now)) {
            lines.add("- " + what + ": " + (before.isEmpty() ? "" : Lines.one(before) + " -> ")
                    + (now.isEmpty() ? "none" : Lines.one(now)));
        }
    }

    private static void add(List<String> parts, String title, List<Listed> listed, long all) {
        if (listed.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(title));
        listed.forEach(finding -> lines.add(TicketText.line(finding)));
        if (all > listed.size()) {
            lines.add("- and " + (all - listed.size()) + " more");
        }
        parts.add(String.join("\n", lines));
    }

    private static String note(Note note) {
        return "Note by " + (note.author().isBlank() ? "somebody" : Lines.one(note.author())) + ", "
                + TIME.format(note.at()) + ":\n" + Lines.several(note.text());
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
