package io.ticketbridge.deliver;

import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.Subject;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Listed;
import java.beans.Introspector;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What field templates see as {@code body}: {@code ${body.title}}, {@code ${body.attributes[provider]}}. Values of the
 * source are data: they are put into the text, never evaluated (P38).
 */
public final class TicketText {
    /** Of nothing: what a template asks it for in vain, it asks every ticket for in vain. */
    static final TicketText EMPTY = new TicketText(
            new Head(new UUID(0, 0), "", "", "", "", "", "", List.of(), Map.of(), List.of(), Severity.UNKNOWN, false),
            "",
            "",
            0,
            List.of(),
            Optional.empty(),
            List.of(),
            Map.of());

    /** All that a template may ask for. */
    static final List<String> NAMES = Stream.of(TicketText.class.getDeclaredMethods())
            .filter(method ->
                    Modifier.isPublic(method.getModifiers()) && method.getName().startsWith("get"))
            .map(method -> Introspector.decapitalize(method.getName().substring(3)))
            .sorted()
            .toList();

    private final Head head;
    private final String flow;
    private final String severity;
    private final long failing;
    private final List<Listed> listed;
    private final Optional<String> previous;
    private final List<GroupKey> groupBy;
    private final Map<String, String> added;

    TicketText(
            Head head,
            String flow,
            String severity,
            long failing,
            List<Listed> listed,
            Optional<String> previous,
            List<GroupKey> groupBy,
            Map<String, String> added) {
        this.head = head;
        this.flow = flow;
        this.severity = severity;
        this.failing = failing;
        this.listed = listed;
        this.previous = previous;
        this.groupBy = groupBy;
        this.added = added;
    }

    /** One line that names what the ticket is about: the case, the control, or what fails on the resource. */
    public String getTitle() {
        String title = head.title().isBlank() ? head.key() : head.title();
        if (head.isStorm()) {
            return title;
        }
        if (groupBy.contains(GroupKey.CONTROL)) {
            return controlTitle().orElse(title);
        }
        if (groupBy.contains(GroupKey.CHECK)) {
            return ownTitle().orElse(title);
        }
        if (groupBy.contains(GroupKey.RESOURCE) && !listed.isEmpty()) {
            Listed first = listed.get(0);
            String resource = first.resourceName().isBlank() ? first.resourceUid() : first.resourceName();
            return (failing == 1 ? title : failing + " findings") + " on " + resource;
        }
        return title;
    }

    private Optional<String> controlTitle() {
        List<Control> named = head.controls().stream()
                .filter(control ->
                        head.key().contains(control.id()) || head.key().equals(control.title()))
                .toList();
        return ownTitle().or(() -> named.stream()
                .map(Control::title)
                .filter(title -> !title.isBlank())
                .findFirst());
    }

    /** Of the control that the group is named by. */
    private Optional<String> ownTitle() {
        return head.controls().stream()
                .filter(control -> head.key().equals(control.id()))
                .map(Control::title)
                .filter(title -> !title.isBlank())
                .findFirst();
    }

    public String getKey() {
        return head.key();
    }

    public String getFlow() {
        return flow;
    }

    public String getCheck() {
        return head.check();
    }

    public String getSeverity() {
        return severity;
    }

    public long getFailing() {
        return failing;
    }

    public String getUrl() {
        return head.url();
    }

    public String getRemediation() {
        return head.remediation();
    }

    public Map<String, String> getAttributes() {
        return head.attributes();
    }

    /** What steps of the routes added, by the name that they gave it. */
    public Map<String, String> getAdded() {
        return added;
    }

    /** The name of the first failing resource, or its uid where it has none; empty for a case. */
    public String getResource() {
        return listed.stream()
                .findFirst()
                .map(first -> first.resourceName().isBlank() ? first.resourceUid() : first.resourceName())
                .orElse("");
    }

    /** The number of the ticket of the generation before, or empty. */
    public String getPrevious() {
        return previous.orElse("");
    }

    public String getSummary() {
        return head.description();
    }

    /** Accounts of the listed resources, each once. */
    public String getAccounts() {
        return listed.stream()
                .map(Listed::account)
                .filter(account -> !account.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The controls and requirements that the check serves, by framework; a framework as a whole is named once. */
    public String getControls() {
        return head.controls().stream()
                .filter(control -> !control.framework().isEmpty())
                .collect(Collectors.groupingBy(
                        Control::framework, TreeMap::new, Collectors.mapping(Control::id, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().equals(entry.getValue())
                        ? entry.getKey()
                        : entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The failing resources, as many as the profile lists, one a line. */
    public String getResources() {
        List<String> lines =
                new ArrayList<>(listed.stream().map(this::lineInText).toList());
        if (failing > listed.size()) {
            lines.add("- and " + (failing - listed.size()) + " more: all of them are in the attached CSV file");
        }
        return String.join("\n", lines);
    }

    /** Where one ticket covers several checks, each line says which: scanners that agree may name a resource twice. */
    private String lineInText(Listed finding) {
        return checks().size() > 1 ? line(finding) + " (" + PlainText.oneLine(finding.check()) + ")" : line(finding);
    }

    /** Of the listed findings, where a control is more than one check. */
    private List<String> checks() {
        return groupBy.contains(GroupKey.RESOURCE)
                        || !groupBy.contains(GroupKey.CONTROL) && !groupBy.contains(GroupKey.CHECK)
                ? List.of()
                : listed.stream().map(Listed::check).distinct().sorted().toList();
    }

    static String line(Listed finding) {
        String where = Stream.of(finding.account(), finding.region())
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        return "- " + PlainText.oneLine(finding.resource())
                + (where.isEmpty() ? "" : " [" + PlainText.oneLine(where) + "]")
                + (finding.message().isBlank() ? "" : ": " + PlainText.oneLine(finding.message()));
    }

    /** The default description: what it is, what to do, where it was found. */
    public String getDescription() {
        List<String> parts = new ArrayList<>();
        addIf(parts, "", head.description());
        addIf(parts, "What to do: ", head.remediation());
        addIf(parts, "More: ", head.url());
        addIf(parts, "Serves: ", getControls());
        Optional<Subject> subject = head.subject();
        if (subject.isEmpty() && !head.isStorm()) {
            if (checks().size() > 1) {
                addIf(parts, "Checks: ", String.join(", ", checks()));
            } else {
                addIf(parts, "Check: ", checkInText());
            }
            parts.add((failing == 1 ? "1 resource fails:" : failing + " findings fail:") + "\n" + getResources());
        }
        // Nothing that changes: a person's edit of the description is told from the text around it.
        subject.ifPresent(some -> addIf(parts, capital(some.word()) + ": ", head.key()));
        return String.join("\n\n", parts);
    }

    /** What the check is called, where the ticket is titled by its control: an id alone tells people nothing. */
    private String checkInText() {
        return head.title().isBlank() || head.check().isBlank() || getTitle().contains(head.title())
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
