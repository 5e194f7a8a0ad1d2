package io.ticketbridge.deliver.text;

import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.Control;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Listed;
import java.util.List;
import java.util.Optional;

/** One line that names what a ticket is about: the case, the control, or what fails on the resource. */
final class TicketTitle {
    private TicketTitle() {}

    /** @param listed the failing resources, as many as the profile lists */
    static String of(Head head, List<GroupKey> groupBy, List<Listed> listed, long failing) {
        String title = head.title().isBlank() ? head.key() : head.title();
        if (head.isStorm()) {
            return title;
        }
        if (groupBy.contains(GroupKey.CONTROL)) {
            return ofControl(head).orElse(title);
        }
        if (groupBy.contains(GroupKey.CHECK)) {
            return ofOwnControl(head).orElse(title);
        }
        if (groupBy.contains(GroupKey.RESOURCE) && !listed.isEmpty()) {
            return (failing == 1 ? title : failing + " findings") + " on " + ResourceLines.name(listed.get(0));
        }
        return title;
    }

    private static Optional<String> ofControl(Head head) {
        // As a word of it: the key of AC-2(12) is not named by AC-2.
        String words = " " + head.key() + " ";
        List<Control> named = head.controls().stream()
                .filter(control ->
                        words.contains(" " + control.id() + " ") || head.key().equals(control.title()))
                .toList();
        return ofOwnControl(head).or(() -> named.stream()
                .map(Control::title)
                .filter(title -> !title.isBlank())
                .findFirst());
    }

    /** Of the control that the group is named by. */
    private static Optional<String> ofOwnControl(Head head) {
        return head.controls().stream()
                .filter(control -> head.key().equals(control.id()))
                .map(Control::title)
                .filter(title -> !title.isBlank())
                .findFirst();
    }
}
