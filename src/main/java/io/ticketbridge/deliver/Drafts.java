package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.servicenow.Journal;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.GroupFindings;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.Wording;
import java.util.EnumMap;
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
        if (delivery.isInStep()) {
            openingState(delivery).ifPresent(state -> fields.put("state", state));
        }
        render(profile.onOpen(), text, fields);
        previous(delivery).ifPresent(ticket -> fields.put("parent", ticket.sysId()));
        fields.put("correlation_id", Ticket.correlationId(delivery.group().id(), delivery.generation()));
        fields.put("correlation_display", Ticket.display(delivery.flow().name()));
        notes.opening(delivery, previous(delivery)).ifPresent(note -> fields.put("work_notes", note));
        Map<String, String> fitting = fitting(profile.table(), fields);
        return sent(delivery, ServiceNowCall.create(profile.table(), fitting), fitting);
    }

    /** A case that is being worked on opens a ticket that is being worked on. */
    private Optional<String> openingState(Delivery delivery) {
        String status = delivery.group().head().attributes().getOrDefault("status", "");
        return status.equals("Open")
                ? Optional.empty()
                : mapped(delivery, delivery.profile().table(), SyncField.STATUS, status);
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
        switch (delivery.writing().kind()) {
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
        if (delivery.writing().kind() != io.ticketbridge.ticket.Intent.Kind.RESOLVED) {
            String state = changed.get("state");
            changed.entrySet().removeIf(entry -> entry.getValue()
                    .equals(ticket.sentFields().get(entry.getKey())));
            putIf(changed, "state", state == null ? "" : state);
        }
        adoptKey(delivery, changed);
        changed.put("work_notes", notes.changing(delivery));
        return sent(delivery, ServiceNowCall.update(ticket.table(), ticket.sysId(), changed), changed);
    }

    /** One that was adopted is from now on found by its key like every other. */
    private static void adoptKey(Delivery delivery, Map<String, String> changed) {
        Ticket ticket = delivery.ticket();
        if (!ticket.sentFields().containsKey("correlation_id")) {
            changed.put("correlation_id", ticket.correlationId());
            changed.put("correlation_display", Ticket.display(delivery.flow().name()));
        }
    }

    /** The call that closes a record for another that stands for the same group. */
    public ServiceNowCall closing(Sweep.Duplicate duplicate) {
        String table = duplicate.stray().table();
        String why = "Duplicate of " + duplicate.keptNumber()
                + ": the request that made this record was carried out after it had been given up";
        Dictionary dictionary = dictionaries.of(table);
        Map<String, String> fields = new LinkedHashMap<>(ProfileDefaults.onResolve(table));
        fields.replaceAll((column, value) -> column.endsWith("_notes") ? why : dictionary.defaultValue(column, value));
        fields.put("parent", duplicate.keptSysId());
        fields.put("correlation_id", duplicate.stray().correlationId() + Sweep.DUPLICATE);
        fields.put(
                "work_notes",
                Journal.text(why + "\n\n"
                        + References.ending(
                                References.ofOpening(duplicate.stray().sysId()))));
        return ServiceNowCall.update(table, duplicate.stray().sysId(), fitting(table, fields));
    }

    /** The call that brings the ticket into step with its case: the fields that the plan names, the profile's own, and one note. */
    public ServiceNowCall synced(Delivery delivery) {
        SyncPlan plan = delivery.plan();
        ProfileSettings profile = delivery.profile();
        Ticket ticket = delivery.ticket();
        if (delivery.sourced() == null) {
            Map<String, String> note = Map.of("work_notes", notes.synced(delivery));
            return sent(delivery, ServiceNowCall.update(ticket.table(), ticket.sysId(), note), note);
        }
        TicketText text = text(delivery, delivery.sourced());
        Map<SyncField, String> columns = TicketColumns.of(ticket.table());
        Map<String, String> own = content(profile, text, delivery.sourced().severity());
        own.keySet().removeAll(columns.values());
        Map<String, String> priority =
                severityColumns(profile, delivery.sourced().severity());
        own.keySet().removeAll(priority.keySet());
        Map<String, String> fields = new LinkedHashMap<>(own);
        render(profile.onUpdate(), text, fields);
        Map<String, String> changed = fitting(ticket.table(), fields);
        changed.entrySet()
                .removeIf(entry -> entry.getValue().equals(ticket.sentFields().get(entry.getKey())));
        changed.putAll(fitting(ticket.table(), ofPlan(delivery, text, priority)));
        adoptKey(delivery, changed);
        changed.put("work_notes", notes.synced(delivery));
        return sent(delivery, ServiceNowCall.update(ticket.table(), ticket.sysId(), changed), changed);
    }

    private Map<String, String> ofPlan(Delivery delivery, TicketText text, Map<String, String> priority) {
        SyncPlan plan = delivery.plan();
        ProfileSettings profile = delivery.profile();
        String table = delivery.ticket().table();
        Wording wording = wording(delivery, delivery.sourced());
        Map<String, String> fields = new LinkedHashMap<>();
        if (plan.action() == Action.RESOLVE) {
            render(ProfileDefaults.onResolve(table), text, fields);
            fields.put(TicketColumns.CLOSE_NOTES, plan.reason());
            Dictionary dictionary = dictionaries.of(table);
            fields.replaceAll(dictionary::defaultValue);
            if (!delivery.record().fields().get(SyncField.FINDINGS).isEmpty()) {
                // What a person found is not for us to write over.
                fields.remove(SyncColumns.of(table, SyncField.FINDINGS));
            }
        }
        plan.toServiceNow().forEach((field, value) -> {
            switch (field) {
                case PRIORITY -> fields.putAll(priority);
                case NAME, DESCRIPTION -> fields.put(TicketColumns.of(table).get(field), wording.shown(field, value));
                case STATUS, FINDINGS ->
                    mapped(delivery, table, field, value)
                            .ifPresent(
                                    choice -> fields.put(TicketColumns.of(table).get(field), choice));
            }
        });
        if (plan.action() == Action.RESOLVE) {
            render(profile.onResolve(), text, fields);
        }
        return fields;
    }

    /** The first of the ticket's values that the profile's map has for a value of the source. */
    private Optional<String> mapped(Delivery delivery, String table, SyncField field, String value) {
        return delivery.profile()
                .syncMaps()
                .forSource(delivery.flow().source())
                .written(field, value, choices(table).getOrDefault(field, Map.of()));
    }

    /** Label to value of a ticket's columns: the instance's, or those that ServiceNow ships. */
    public Map<SyncField, Map<String, String>> choices(Delivery delivery) {
        return choices(delivery.table());
    }

    /** The same, only those that the instance told: none of a field where it told none. */
    public Map<SyncField, Map<String, String>> instanceChoices(String table) {
        Dictionary dictionary = dictionaries.of(table);
        Map<SyncField, Map<String, String>> choices = new EnumMap<>(SyncField.class);
        TicketColumns.of(table)
                .forEach((field, column) ->
                        choices.put(field, dictionary.choices().getOrDefault(column, Map.of())));
        return choices;
    }

    private Map<SyncField, Map<String, String>> choices(String table) {
        Map<SyncField, Map<String, String>> choices = instanceChoices(table);
        if (choices.get(SyncField.STATUS).isEmpty()) {
            choices.put(SyncField.STATUS, Lifecycle.of(table).values());
        }
        return choices;
    }

    /** How the case's name and description stand in the ticket's columns. */
    public Wording wording(Delivery delivery, Sourced now) {
        return wording(delivery, now.finding().orElse(null));
    }

    private Wording wording(Delivery delivery, Finding sourced) {
        return new TemplateWording(
                templates,
                ProfileDefaults.fields(),
                delivery.profile().fields(),
                with -> text(delivery, with),
                sourced,
                dictionaries.of(delivery.ticket().table()));
    }

    /** What an open ticket says of its group: the same for opening and updating, so that a repeated write changes nothing. */
    private Map<String, String> content(Delivery delivery, TicketText text) {
        Map<String, String> content = content(delivery.profile(), text, severity(delivery.group()));
        delivery.say(content);
        return content;
    }

    private Map<String, String> content(ProfileSettings profile, TicketText text, Severity severity) {
        Map<String, String> fields = new LinkedHashMap<>();
        render(ProfileDefaults.fields(), text, fields);
        fields.putAll(severityColumns(profile, severity));
        render(profile.fields(), text, fields);
        return fields;
    }

    private static Map<String, String> severityColumns(ProfileSettings profile, Severity severity) {
        Map<String, String> columns = new LinkedHashMap<>(ProfileDefaults.severity(profile.table(), severity));
        columns.putAll(profile.severity().getOrDefault(severity, Map.of()));
        return columns;
    }

    private void render(Map<String, String> columns, TicketText text, Map<String, String> into) {
        columns.forEach((column, template) -> into.put(column, templates.text(template, text)));
    }

    /** What the templates see: for steps of a route, too ({@code ${variable.ticket.title}}). */
    public TicketText text(Delivery delivery) {
        GroupState group = delivery.group();
        return new TicketText(
                group.head(),
                group.flow(),
                severity(group).name().toLowerCase(java.util.Locale.ROOT),
                group.failing(),
                findings.failing(group.id(), delivery.profile().maxResourcesInText()),
                previous(delivery).map(Ticket::number),
                delivery.flow().groupBy(),
                delivery.added());
    }

    /** The same of a case as it is now, which the ledger may not have read yet. */
    private TicketText text(Delivery delivery, Finding sourced) {
        GroupState group = delivery.group();
        Head head = Head.of(
                sourced,
                sourced.id(),
                new GroupIdentity(group.flow(), List.of(), group.head().key()));
        return new TicketText(
                head,
                group.flow(),
                sourced.severity().name().toLowerCase(java.util.Locale.ROOT),
                group.failing(),
                List.of(),
                Optional.empty(),
                List.of(),
                delivery.added());
    }

    private static Severity severity(GroupState group) {
        return group.failing() > 0 ? group.severity() : group.head().severity();
    }

    private Optional<Ticket> previous(Delivery delivery) {
        int generation = delivery.generation();
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
        Map<String, String> overlong = new LinkedHashMap<>(delivery.content().orElseGet(() -> whole(delivery)));
        overlong.entrySet().removeIf(entry -> entry.getValue().length() <= dictionary.length(entry.getKey()));
        return overlong;
    }

    private Map<String, String> whole(Delivery delivery) {
        return delivery.sourced() == null
                ? content(delivery, text(delivery))
                : content(
                        delivery.profile(),
                        text(delivery, delivery.sourced()),
                        delivery.sourced().severity());
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
