package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.instance.ProfileDefaults;
import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.deliver.text.TicketText;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.ticket.GroupFindings;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Ticket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ticket says of its group, column by column: the profile's templates over the defaults (P22). */
final class TicketTexts {
    private final Templates templates;
    private final GroupFindings findings;
    private final Tickets tickets;

    TicketTexts(Templates templates, GroupFindings findings, Tickets tickets) {
        this.templates = templates;
        this.findings = findings;
        this.tickets = tickets;
    }

    /** What the templates see. */
    TicketText text(Delivery delivery) {
        GroupState group = delivery.group();
        return new TicketText(
                group.head(),
                group.flow(),
                severity(delivery).word(),
                group.failing(),
                findings.failing(group.id(), delivery.profile().maxResourcesInText()),
                previous(delivery).map(Ticket::number),
                delivery.flow().groupBy(),
                delivery.added());
    }

    /** The same of a case as it is now, which the ledger may not have read yet. */
    TicketText text(Delivery delivery, Finding sourced) {
        GroupState group = delivery.group();
        Head head = Head.of(
                sourced,
                sourced.id(),
                new GroupIdentity(group.flow(), List.of(), group.head().key()));
        return new TicketText(
                head,
                group.flow(),
                sourced.severity().word(),
                group.failing(),
                List.of(),
                Optional.empty(),
                List.of(),
                delivery.added());
    }

    /** While nothing fails, what the ticket says already. */
    private static Severity severity(Delivery delivery) {
        GroupState group = delivery.group();
        return group.failing() > 0
                ? group.severity()
                : delivery.claimed()
                        .latest()
                        .map(Ticket::head)
                        .orElse(group.head())
                        .severity();
    }

    /** The ticket of the generation before, if ServiceNow has it. */
    Optional<Ticket> previous(Delivery delivery) {
        int generation = delivery.generation();
        return generation < 2
                ? Optional.empty()
                : tickets.find(delivery.group().id(), generation - 1).filter(ticket -> ticket.sysId() != null);
    }

    /** What an open ticket says of its group: the same for opening and updating, so that a repeated write changes nothing. */
    Map<String, String> content(Delivery delivery, TicketText text) {
        Map<String, String> content = content(delivery.profile(), text, severity(delivery));
        delivery.say(content);
        return content;
    }

    Map<String, String> content(ProfileSettings profile, TicketText text, Severity severity) {
        Map<String, String> fields = new LinkedHashMap<>();
        render(ProfileDefaults.fields(), text, fields);
        severityColumns(profile, text, severity, fields);
        render(profile.fields(), text, fields);
        return fields;
    }

    /** What the ticket says uncut, whether it is being written or not. */
    Map<String, String> whole(Delivery delivery) {
        return delivery.content()
                .orElseGet(() -> delivery.sourced() == null
                        ? content(delivery, text(delivery))
                        : content(
                                delivery.profile(),
                                text(delivery, delivery.sourced()),
                                delivery.sourced().severity()));
    }

    /** What the severity alone decides. */
    void severityColumns(ProfileSettings profile, TicketText text, Severity severity, Map<String, String> into) {
        into.putAll(ProfileDefaults.severity(profile.table(), severity));
        render(profile.severity().getOrDefault(severity, Map.of()), text, into);
    }

    /** An empty template leaves out what is written by default; any other column it empties. */
    void render(Map<String, String> columns, TicketText text, Map<String, String> into) {
        columns.forEach((column, template) -> {
            if (template.isEmpty() && ProfileDefaults.writes(column)) {
                into.remove(column);
            } else {
                into.put(column, templates.text(template, text));
            }
        });
    }
}
