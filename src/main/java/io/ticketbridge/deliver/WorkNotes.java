package io.ticketbridge.deliver;

import io.ticketbridge.deliver.servicenow.Journal;
import io.ticketbridge.deliver.text.ResourceLines;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.ticket.GroupFindings;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Listed;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one journal entry that a write may bring: what changed, in the order a person would ask. It ends with the write's
 * short reference, by which it is found again after an ambiguous answer (P10, P15).
 */
public final class WorkNotes {
    /** Resources named in a note; the attached list has all of them. */
    private static final int MOST = 20;

    /** How a note of the source begins inside one of ours. */
    static final Pattern CARRIED =
            Pattern.compile("(?m)^Note by [^\\n]{1,200}, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC:$");

    /** How it ends there. */
    static final Pattern CARRIED_END = Pattern.compile("(?m)^\\[tb-[0-9a-f-]{13}\\]$");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final GroupFindings findings;

    public WorkNotes(GroupFindings findings) {
        this.findings = findings;
    }

    Optional<String> opening(Delivery delivery, Optional<Ticket> previous) {
        List<String> parts = new ArrayList<>();
        previous.ifPresent(ticket -> parts.add("This problem had a ticket before: " + ticket.number()
                + "\nOpened because "
                + delivery.writing().reason()));
        if (delivery.flow().source().isCompliance()) {
            delivery.group().head().notes().forEach(note -> parts.add(note(note)));
            return parts.isEmpty() ? Optional.empty() : Optional.of(Journal.text(String.join("\n\n", parts)));
        }
        facts(delivery.group().head()).ifPresent(parts::add);
        delivery.group().head().notes().stream()
                .filter(note -> References.endingOf(note.text()).isEmpty())
                .forEach(note -> parts.add(carried(delivery, note)));
        String reference =
                References.ofOpening(Ticket.correlationId(delivery.group().id(), delivery.generation()));
        return Optional.of(Journal.text(String.join("\n\n", parts) + "\n\n" + References.ending(reference)));
    }

    /** What the ticket's fields don't say, and what the description must not say because it changes. */
    private static Optional<String> facts(Head head) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(head.attributes())
                .forEach((name, value) -> lines.add("- " + name + ": " + PlainText.oneLine(value)));
        return lines.isEmpty() ? Optional.empty() : Optional.of("At the source:\n" + String.join("\n", lines));
    }

    /** What a ticket is told when it is brought into step with its case. */
    String synced(Delivery delivery) {
        SyncPlan plan = delivery.plan();
        List<String> parts = new ArrayList<>();
        switch (plan.action()) {
            case REOPEN -> parts.add("Reopened: " + plan.reason());
            case RESOLVE -> parts.add("Resolved: " + plan.reason());
            default -> {}
        }
        if (!plan.linesToServiceNow().isEmpty()) {
            parts.add("Changed at the source:\n"
                    + plan.linesToServiceNow().stream()
                            .map(line -> "- " + PlainText.oneLine(line))
                            .collect(Collectors.joining("\n")));
        }
        plan.notesToServiceNow().forEach(note -> parts.add(carried(delivery, note)));
        if (parts.isEmpty()) {
            parts.add(capital(plan.reason()));
        }
        return Journal.text(String.join("\n\n", parts) + "\n\n"
                + References.ending(delivery.writing().reference()));
    }

    /** Whether our last note on the ticket says all of this: what was not taken is tried again, and nobody need hear it each time. */
    static boolean isRepeated(String note, TicketRecord record) {
        return record.notes().stream()
                .map(TicketNote::text)
                .filter(text -> References.endingOf(text).isPresent())
                .reduce((earlier, later) -> later)
                .filter(last -> lines(last).containsAll(lines(note)))
                .isPresent();
    }

    private static Set<String> lines(String note) {
        return note.substring(0, note.lastIndexOf('('))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
    }

    /** With the short reference by which it is found again: a note is carried once. */
    private static String carried(Delivery delivery, Note note) {
        return note(note) + "\n[" + References.of(delivery.group().id(), delivery.generation(), note.id()) + "]";
    }

    String changing(Delivery delivery) {
        List<String> parts = new ArrayList<>();
        switch (delivery.writing().kind()) {
            case REOPENED -> parts.add("Reopened: " + delivery.writing().reason());
            case RESOLVED -> parts.add("Resolved: " + delivery.writing().reason());
            default -> {}
        }
        GroupState group = delivery.group();
        if (group.joined() > 0 || group.fixed() > 0 || group.muted() > 0) {
            parts.add(group.joined() + " joined, " + group.fixed() + " fixed, "
                    + (group.muted() > 0 ? group.muted() + " suppressed at the source, " : "") + group.failing()
                    + " fail now");
            add(parts, "Joined:", findings.joined(group, MOST), group.joined());
            add(parts, "Fixed:", findings.fixed(group, MOST), group.fixed());
            add(parts, "Suppressed at the source, which is no fix:", findings.muted(group, MOST), group.muted());
        }
        Head shown = delivery.ticket().head();
        if (delivery.writing().kind() != Intent.Kind.RESOLVED && group.isOfAnotherSeverity(delivery.ticket())) {
            parts.add(capital(group.severityChange(delivery.ticket())));
        }
        changes(shown, group.head()).ifPresent(parts::add);
        for (Note note : group.head().notes()) {
            Optional<Note> before = shown.notes().stream()
                    .filter(old -> old.id().equals(note.id()))
                    .findFirst();
            if (before.isEmpty()) {
                parts.add(note(note));
            } else if (!before.get().text().equals(note.text())) {
                parts.add(note(Editions.edited(note, note.id())));
            }
        }
        if (parts.isEmpty()) {
            parts.add(capital(delivery.writing().reason()));
        }
        return Journal.text(String.join("\n\n", parts) + "\n\n"
                + References.ending(delivery.writing().reference()));
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
            lines.add("- " + what + ": " + (before.isEmpty() ? "" : PlainText.oneLine(before) + " -> ")
                    + (now.isEmpty() ? "none" : PlainText.oneLine(now)));
        }
    }

    private static void add(List<String> parts, String title, List<Listed> listed, long all) {
        if (listed.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(title));
        listed.forEach(finding -> lines.add(ResourceLines.line(finding)));
        if (all > listed.size()) {
            lines.add("- and " + (all - listed.size()) + " more");
        }
        parts.add(String.join("\n", lines));
    }

    private static String note(Note note) {
        return "Note by " + (note.author().isBlank() ? "somebody" : PlainText.oneLine(note.author())) + ", "
                + TIME.format(note.at()) + ":\n" + PlainText.lines(note.text());
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
