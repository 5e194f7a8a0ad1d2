package io.ticketbridge.deliver.text;

import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Listed;
import java.beans.Introspector;
import java.lang.reflect.Modifier;
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

    public TicketText(
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
        return TicketTitle.of(head, groupBy, listed, failing);
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
        return listed.stream().findFirst().map(ResourceLines::name).orElse("");
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
        return lines().text(failing);
    }

    private ResourceLines lines() {
        return new ResourceLines(groupBy, listed);
    }

    /** The default description: what it is, what to do, where it was found. */
    public String getDescription() {
        return DefaultDescription.of(this, head, lines());
    }
}
