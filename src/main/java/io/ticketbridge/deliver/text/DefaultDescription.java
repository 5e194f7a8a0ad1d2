package io.ticketbridge.deliver.text;

import io.ticketbridge.finding.Subject;
import io.ticketbridge.ticket.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The description of a ticket whose profile has none of its own: what it is, what to do, where it was found. */
final class DefaultDescription {
    private DefaultDescription() {}

    static String of(TicketText text, Head head, ResourceLines lines) {
        List<String> parts = new ArrayList<>();
        addIf(parts, "", head.description());
        addIf(parts, "What to do: ", head.remediation());
        addIf(parts, "More: ", head.url());
        addIf(parts, "Serves: ", text.getControls());
        Optional<Subject> subject = head.subject();
        if (subject.isEmpty() && !head.isStorm()) {
            if (lines.checks().size() > 1) {
                addIf(parts, "Checks: ", String.join(", ", lines.checks()));
            } else {
                addIf(parts, "Check: ", check(head, text.getTitle()));
            }
            long failing = text.getFailing();
            parts.add((failing == 1 ? "1 resource fails:" : failing + " findings fail:") + "\n" + text.getResources());
        }
        // Nothing that changes: a person's edit of the description is told from the text around it.
        subject.ifPresent(some -> addIf(parts, capital(some.word()) + ": ", head.key()));
        return String.join("\n\n", parts);
    }

    /** What the check is called, where the ticket is titled by its control: an id alone tells people nothing. */
    private static String check(Head head, String title) {
        return head.title().isBlank() || head.check().isBlank() || title.contains(head.title())
                ? head.check()
                : head.title() + " (" + head.check() + ")";
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static void addIf(List<String> parts, String label, String text) {
        if (!text.isBlank()) {
            parts.add(label + text.strip());
        }
    }
}
