package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.GroupFindings;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Ticket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a ticket says: the profile's templates over the group, with defaults that do the sensible thing (P22). */
public final class Drafts {
    private final Templates templates;
    private final GroupFindings findings;
    private final Tickets tickets;
    private final WorkNotes notes;
    private final Dictionaries dictionaries;
    private final Caller caller;

    public Drafts(
            Templates templates,
            GroupFindings findings,
            Tickets tickets,
            WorkNotes notes,
            Dictionaries dictionaries,
            Caller caller) {
        this.templates = templates;
        this.findings = findings;
        this.tickets = tickets;
        this.notes = notes;
        this.dictionaries = dictionaries;
        this.caller = caller;
    }

    /** The call that opens the ticket. */
    public ServiceNowCall opening(Delivery delivery) {
        ProfileSettings profile = delivery.profile();
        TicketText text = text(delivery);
        Map<String, String> fields = new LinkedHashMap<>(content(delivery, text));
        putIf(fields, "caller_id", profile.caller().isEmpty() ? caller.sysId() : profile.caller());
        putIf(fields, "assignment_group", profile.assignmentGroup());
        putIf(fields, "assigned_to", profile.assignedTo());
        render(profile.onOpen(), text, fields);
        previous(delivery).ifPresent(ticket -> fields.put("parent", ticket.sysId()));
        fields.put(
                "correlation_id",
                Ticket.correlationId(delivery.group().id(), delivery.getIntent().generation()));
        fields.put("correlation_display", "ticketbridge " + delivery.flow().name());
        notes.opening(delivery, previous(delivery)).ifPresent(note -> fields.put("work_notes", note));
        Map<String, String> fitting = fitting(profile.table(), fields);
        return sent(delivery, ServiceNowCall.create(profile.table(), fitting), fitting);
    }

    public boolean hasAdoptQuery(Delivery delivery) {
        return !delivery.profile().adoptQuery().isEmpty();
    }

    /**
     * The profile's own query for a record that a group has already.
     *
     * @throws IllegalArgumentException if a value of the source would add a condition of its own (P38)
     */
    public ServiceNowCall adoptQuery(Delivery delivery) {
        String template = delivery.profile().adoptQuery();
        String query = templates.text(template, text(delivery));
        if (query.chars().filter(each -> each == '^').count()
                        != template.chars().filter(each -> each == '^').count()
                || query.matches("(?s).*\\p{Cntrl}.*")
                || query.contains("javascript:")) {
            throw new IllegalArgumentException(
                    "ticketbridge.profile." + delivery.profile().name()
                            + ".adopt-query: a value of this group holds ^ or control characters and can't stand in a query;"
                            + " use ${body.key} or another column");
        }
        return ServiceNowCall.find(delivery.profile().table(), query, Row.STATE_COLUMNS, 10);
    }

    /** The call that updates, reopens or resolves the ticket: only what differs from what was last written, and one note. */
    public ServiceNowCall changing(Delivery delivery) {
        ProfileSettings profile = delivery.profile();
        Ticket ticket = delivery.ticket();
        TicketText text = text(delivery);
        Map<String, String> fields = new LinkedHashMap<>();
        switch (delivery.getIntent().kind()) {
            case UPDATED -> {
                fields.putAll(content(delivery, text));
                render(profile.onUpdate(), text, fields);
            }
            case REOPENED -> {
                fields.putAll(content(delivery, text));
                fields.putAll(ProfileDefaults.onReopen(ticket.table()));
            }
            case RESOLVED -> {
                render(ProfileDefaults.onResolve(ticket.table()), text, fields);
                Dictionary dictionary = dictionaries.of(ticket.table());
                fields.replaceAll(dictionary::defaultValue);
                render(profile.onResolve(), text, fields);
            }
            case OPENED -> throw new IllegalStateException("An open is not a change");
        }
        Map<String, String> changed = fitting(ticket.table(), fields);
        if (delivery.getIntent().kind() != io.ticketbridge.ticket.Intent.Kind.RESOLVED) {
            String state = changed.get("state");
            changed.entrySet().removeIf(entry -> entry.getValue()
                    .equals(ticket.sentFields().get(entry.getKey())));
            putIf(changed, "state", state == null ? "" : state);
        }
        if (!ticket.sentFields().containsKey("correlation_id")) {
            // Adopted: from now on it is found by its key like every other.
            changed.put("correlation_id", ticket.correlationId());
            changed.put("correlation_display", "ticketbridge " + delivery.flow().name());
        }
        changed.put("work_notes", notes.changing(delivery));
        return sent(delivery, ServiceNowCall.update(ticket.table(), ticket.sysId(), changed), changed);
    }

    /** What an open ticket says of its group: the same for opening and updating, so that a repeated write changes nothing. */
    private Map<String, String> content(Delivery delivery, TicketText text) {
        ProfileSettings profile = delivery.profile();
        Severity severity = severity(delivery.group());
        Map<String, String> fields = new LinkedHashMap<>();
        render(ProfileDefaults.fields(), text, fields);
        fields.putAll(ProfileDefaults.severity(profile.table(), severity));
        fields.putAll(profile.severity().getOrDefault(severity, Map.of()));
        render(profile.fields(), text, fields);
        return fields;
    }

    private void render(Map<String, String> columns, TicketText text, Map<String, String> into) {
        columns.forEach((column, template) -> into.put(column, templates.text(template, text)));
    }

    private TicketText text(Delivery delivery) {
        GroupState group = delivery.group();
        return new TicketText(
                group.head(),
                group.flow(),
                severity(group).name().toLowerCase(java.util.Locale.ROOT),
                group.failing(),
                findings.failing(group.id(), delivery.profile().maxResourcesInText()),
                previous(delivery).map(Ticket::number),
                delivery.flow().groupBy());
    }

    private static Severity severity(GroupState group) {
        return group.failing() > 0 ? group.severity() : group.head().severity();
    }

    private Optional<Ticket> previous(Delivery delivery) {
        int generation = delivery.getIntent() == null ? 1 : delivery.getIntent().generation();
        return generation < 2
                ? Optional.empty()
                : tickets.find(delivery.group().id(), generation - 1).filter(ticket -> ticket.sysId() != null);
    }

    /** As the table takes it: choices by value, texts cut to its columns. */
    private Map<String, String> fitting(String table, Map<String, String> fields) {
        Dictionary dictionary = dictionaries.of(table);
        Map<String, String> fitting = new LinkedHashMap<>();
        fields.forEach((column, value) -> {
            String clean = column.equals("short_description") ? Lines.one(value) : Lines.several(value);
            fitting.put(column, Lines.cut(dictionary.value(column, clean), dictionary.length(column)));
        });
        return fitting;
    }

    /** Texts that their columns can't hold: column to whole text. They are attached (P22). */
    Map<String, String> overlong(Delivery delivery) {
        Dictionary dictionary = dictionaries.of(delivery.table());
        Map<String, String> overlong = new LinkedHashMap<>(content(delivery, text(delivery)));
        overlong.entrySet().removeIf(entry -> entry.getValue().length() <= dictionary.length(entry.getKey()));
        return overlong;
    }

    private static ServiceNowCall sent(Delivery delivery, ServiceNowCall call, Map<String, String> fields) {
        delivery.send(fields);
        return call;
    }

    private static void putIf(Map<String, String> fields, String column, String value) {
        if (!value.isEmpty()) {
            fields.put(column, value);
        }
    }

    /** Every template of every profile, so that a bad one is named before anything starts. */
    public static void compile(Templates templates, List<ProfileSettings> profiles, List<String> problems) {
        for (ProfileSettings profile : profiles) {
            Map.of(
                            "field",
                            profile.fields(),
                            "on-open",
                            profile.onOpen(),
                            "on-update",
                            profile.onUpdate(),
                            "on-resolve",
                            profile.onResolve())
                    .forEach((kind, columns) -> columns.forEach((column, template) -> {
                        try {
                            templates.compile(
                                    "ticketbridge.profile." + profile.name() + "." + kind + "." + column, template);
                        } catch (IllegalArgumentException e) {
                            problems.add(e.getMessage());
                        }
                    }));
        }
    }
}
