package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.Caller;
import io.ticketbridge.deliver.instance.Dictionaries;
import io.ticketbridge.deliver.instance.Dictionary;
import io.ticketbridge.deliver.instance.ProfileDefaults;
import io.ticketbridge.deliver.instance.ShippedChoices;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.deliver.sweep.Sweep;
import io.ticketbridge.deliver.text.AdoptQueries;
import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.deliver.text.TicketText;
import io.ticketbridge.ledger.ticket.GroupFindings;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Intent.Kind;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.Wording;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes the calls that open, change and close tickets: the profile's templates, with defaults that do the sensible thing (P22). */
public final class Drafts {
    private final AdoptQueries adoptQueries;
    private final TicketTexts texts;
    private final WorkNotes notes;
    private final Dictionaries dictionaries;
    private final OpeningColumns openingColumns;
    private final SyncChoices choices;
    private final SyncDrafts syncDrafts;

    public Drafts(
            Templates templates,
            GroupFindings findings,
            Tickets tickets,
            WorkNotes notes,
            Dictionaries dictionaries,
            Caller caller,
            AdoptQueries adoptQueries) {
        this.adoptQueries = adoptQueries;
        this.texts = new TicketTexts(templates, findings, tickets);
        this.notes = notes;
        this.dictionaries = dictionaries;
        this.openingColumns = new OpeningColumns(caller, texts);
        this.choices = new SyncChoices(dictionaries);
        this.syncDrafts = new SyncDrafts(templates, texts, notes, dictionaries, choices, openingColumns);
    }

    /** The call that opens the ticket. */
    public ServiceNowCall opening(Delivery delivery) {
        ProfileSettings profile = delivery.profile();
        TicketText text = text(delivery);
        Map<String, String> fields = new LinkedHashMap<>(texts.content(delivery, text));
        if (delivery.isInStep()) {
            choices.openingState(delivery).ifPresent(state -> fields.put("state", state));
        }
        openingColumns.put(profile, text, fields);
        texts.previous(delivery).ifPresent(ticket -> fields.put("parent", ticket.sysId()));
        KeyColumns.put(delivery, Ticket.correlationId(delivery.group().id(), delivery.generation()), fields);
        notes.opening(delivery, texts.previous(delivery)).ifPresent(note -> fields.put("work_notes", note));
        Map<String, String> fitting = fitting(profile, profile.table(), fields);
        return delivery.send(ServiceNowCall.create(profile.table(), fitting), fitting);
    }

    public boolean hasAdoptQuery(Delivery delivery) {
        return !delivery.profile().adoptQuery().isEmpty();
    }

    /**
     * The profile's own query for a record that a group has already.
     *
     * @throws UnusableValue if a value of the source is not there, or would add a condition of its own (P38)
     */
    public ServiceNowCall adoptQuery(Delivery delivery) {
        return adoptQueries.of(delivery.profile(), text(delivery));
    }

    /** The call that updates, reopens or resolves the ticket: only what differs from what was last written, and one note. */
    public ServiceNowCall changing(Delivery delivery) {
        ProfileSettings profile = delivery.profile();
        Ticket ticket = delivery.ticket();
        TicketText text = text(delivery);
        Map<String, String> fields = new LinkedHashMap<>();
        switch (delivery.writing().kind()) {
            case UPDATED -> {
                fields.putAll(texts.content(delivery, text));
                texts.render(profile.onUpdate(), text, fields);
            }
            case REOPENED -> {
                fields.putAll(texts.content(delivery, text));
                byDefault(delivery, "on-reopen", ProfileDefaults.onReopen(ticket.table()), profile.onReopen(), fields);
                texts.render(profile.onReopen(), text, fields);
            }
            case RESOLVED -> {
                Map<String, String> defaults = new LinkedHashMap<>();
                texts.render(ProfileDefaults.onResolve(ticket.table()), text, defaults);
                byDefault(delivery, "on-resolve", defaults, profile.onResolve(), fields);
                texts.render(profile.onResolve(), text, fields);
            }
            case OPENED -> throw new IllegalStateException("An open is not a change");
        }
        Map<String, String> changed = fitting(profile, ticket.table(), fields);
        if (delivery.writing().kind() != Kind.RESOLVED) {
            String state = changed.get("state");
            changed.entrySet().removeIf(entry -> entry.getValue()
                    .equals(ticket.sentFields().get(entry.getKey())));
            putIf(changed, "state", state == null ? "" : state);
        }
        KeyColumns.putIfAdopted(delivery, changed);
        changed.put("work_notes", notes.changing(delivery));
        return delivery.send(ServiceNowCall.update(ticket.table(), ticket.sysId(), changed), changed);
    }

    private Map<String, String> fitting(ProfileSettings profile, String table, Map<String, String> fields) {
        Dictionary dictionary = dictionaries.of(table);
        return dictionary.fitting(ProfileDefaults.fitting(profile, table, dictionary, fields));
    }

    /** @throws UnusableValue if the instance has no such choice, and the profile names no other */
    private void byDefault(
            Delivery delivery,
            String kind,
            Map<String, String> defaults,
            Map<String, String> own,
            Map<String, String> fields) {
        String table = delivery.ticket().table();
        ShippedChoices choices = new ShippedChoices(delivery.profile(), table, dictionaries.of(table));
        choices.require(kind, defaults, own.keySet());
        fields.putAll(choices.known(defaults));
    }

    /** The call that closes a record for another that stands for the same group. */
    public ServiceNowCall closing(Sweep.Duplicate duplicate) {
        return DuplicateDraft.closing(
                duplicate, dictionaries.of(duplicate.stray().table()));
    }

    /** The call that brings the ticket into step with its case: the fields that the plan names, the profile's own, and one note. */
    public ServiceNowCall synced(Delivery delivery) {
        return syncDrafts.synced(delivery);
    }

    /** Whether there is something to send of what an earlier write was to bring and ServiceNow did not take. */
    boolean isOwedOnceMore(Delivery delivery) {
        return syncDrafts.isOwedOnceMore(delivery);
    }

    /** Of what a ticket was to get from its case, what ServiceNow did not take: neither side agrees on it. */
    public Set<SyncField> untaken(Delivery delivery, Map<String, Object> answer) {
        return syncDrafts.untaken(delivery, answer);
    }

    /** Label to value of a ticket's columns: the instance's, or those that ServiceNow ships. */
    public Map<SyncField, Map<String, String>> choices(Delivery delivery) {
        return choices.of(delivery.table());
    }

    /** How the case's name and description stand in the ticket's columns. */
    public Wording wording(Delivery delivery, Sourced now) {
        return syncDrafts.wording(delivery, now);
    }

    /** What the templates see: for steps of a route, too ({@code ${variable.ticket.title}}). */
    public TicketText text(Delivery delivery) {
        return texts.text(delivery);
    }

    /** Texts that their columns can't hold: column to whole text. They are attached (P22). */
    Map<String, String> overlong(Delivery delivery) {
        Dictionary dictionary = dictionaries.of(delivery.table());
        Map<String, String> overlong = new LinkedHashMap<>(texts.whole(delivery));
        overlong.entrySet().removeIf(entry -> entry.getValue().length() <= dictionary.length(entry.getKey()));
        return overlong;
    }

    private static void putIf(Map<String, String> fields, String column, String value) {
        if (!value.isEmpty()) {
            fields.put(column, value);
        }
    }
}
