package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.call.TicketColumns;
import io.ticketbridge.deliver.instance.Dictionaries;
import io.ticketbridge.deliver.instance.Dictionary;
import io.ticketbridge.deliver.instance.ProfileDefaults;
import io.ticketbridge.deliver.instance.ShippedChoices;
import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.deliver.text.TicketText;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.Wording;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes what brings a ticket into step with its case or alert. */
final class SyncDrafts {
    /** ServiceNow computes the priority from these. */
    private static final Set<String> OF_PRIORITY = Set.of("impact", "urgency");

    private final Templates templates;
    private final TicketTexts texts;
    private final WorkNotes notes;
    private final Dictionaries dictionaries;
    private final SyncChoices choices;
    private final OpeningColumns openingColumns;

    SyncDrafts(
            Templates templates,
            TicketTexts texts,
            WorkNotes notes,
            Dictionaries dictionaries,
            SyncChoices choices,
            OpeningColumns openingColumns) {
        this.templates = templates;
        this.texts = texts;
        this.notes = notes;
        this.dictionaries = dictionaries;
        this.choices = choices;
        this.openingColumns = openingColumns;
    }

    /** The fields that the plan names, the profile's own, and one note. */
    ServiceNowCall synced(Delivery delivery) {
        ProfileSettings profile = delivery.profile();
        Ticket ticket = delivery.ticket();
        if (delivery.sourced() == null) {
            Map<String, String> note = Map.of("work_notes", notes.synced(delivery));
            return delivery.send(ServiceNowCall.update(ticket.table(), ticket.sysId(), note), note);
        }
        TicketText text = texts.text(delivery, delivery.sourced());
        Map<String, String> priority = priority(delivery, text);
        Map<String, String> changed = own(delivery, text, priority);
        Map<String, String> planned = ofPlan(delivery, text, priority);
        changed.putAll(fitting(profile, ticket.table(), planned));
        KeyColumns.putIfAdopted(delivery, changed);
        String note = notes.synced(delivery);
        if (delivery.plan().toServiceNow().isEmpty()
                || !delivery.isTriedAgain()
                || !WorkNotes.isRepeated(note, delivery.record())) {
            changed.put("work_notes", note);
        }
        return delivery.send(ServiceNowCall.update(ticket.table(), ticket.sysId(), changed), changed);
    }

    /** A note alone would close the letter of what ServiceNow did not take, and mend nothing. */
    boolean isOwedOnceMore(Delivery delivery) {
        TicketText text = texts.text(delivery, delivery.sourced());
        Map<String, String> owed = own(delivery, text, priority(delivery, text));
        KeyColumns.putIfAdopted(delivery, owed);
        return !Collections.disjoint(owed.keySet(), delivery.onceMore());
    }

    private Map<String, String> priority(Delivery delivery, TicketText text) {
        Map<String, String> priority = new LinkedHashMap<>();
        texts.severityColumns(delivery.profile(), text, delivery.sourced().severity(), priority);
        return priority;
    }

    /** The profile's own, as far as the ticket was not sent them, and what of its opening is sent once more. */
    private Map<String, String> own(Delivery delivery, TicketText text, Map<String, String> priority) {
        ProfileSettings profile = delivery.profile();
        Ticket ticket = delivery.ticket();
        Map<String, String> fields = new LinkedHashMap<>();
        if (!delivery.onceMore().isEmpty()) {
            openingColumns.put(profile, text, fields);
            fields.keySet().retainAll(delivery.onceMore());
        }
        fields.putAll(texts.content(profile, text, delivery.sourced().severity()));
        fields.keySet().removeAll(TicketColumns.of(ticket.table()).values());
        fields.keySet().removeAll(priority.keySet());
        texts.render(profile.onUpdate(), text, fields);
        Map<String, String> changed = fitting(profile, ticket.table(), fields);
        changed.entrySet()
                .removeIf(entry -> entry.getValue().equals(ticket.sentFields().get(entry.getKey())));
        return changed;
    }

    private Map<String, String> fitting(ProfileSettings profile, String table, Map<String, String> fields) {
        Dictionary dictionary = dictionaries.of(table);
        return dictionary.fitting(ProfileDefaults.fitting(profile, table, dictionary, fields));
    }

    private Map<String, String> ofPlan(Delivery delivery, TicketText text, Map<String, String> priority) {
        SyncPlan plan = delivery.plan();
        ProfileSettings profile = delivery.profile();
        String table = delivery.ticket().table();
        Wording wording = wording(delivery, delivery.sourced());
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> defaults = new LinkedHashMap<>();
        ShippedChoices shipped = new ShippedChoices(profile, table, dictionaries.of(table));
        if (plan.action() == Action.RESOLVE) {
            texts.render(ProfileDefaults.onResolve(table), text, defaults);
            defaults.put(TicketColumns.CLOSE_NOTES, plan.reason());
            // What a person found is not for us to write over.
            if (!delivery.record().fields().get(SyncField.FINDINGS).isEmpty()) {
                defaults.remove(SyncColumns.of(table, SyncField.FINDINGS));
            }
            TicketColumns.CLOSING_TEXTS.stream()
                    .filter(column -> isOfPeople(delivery, column))
                    .forEach(defaults::remove);
            fields.putAll(shipped.known(defaults));
        }
        plan.toServiceNow().forEach((field, value) -> {
            switch (field) {
                case PRIORITY -> fields.putAll(priority);
                case NAME, DESCRIPTION -> {
                    String column = SyncColumns.of(table, field);
                    if (!profile.fields().getOrDefault(column, "of the case").isEmpty()) {
                        fields.put(column, wording.shown(field, value));
                    }
                }
                case STATUS, FINDINGS ->
                    choices.mapped(delivery, table, field, value)
                            .ifPresent(choice -> fields.put(SyncColumns.of(table, field), choice));
            }
        });
        if (plan.action() == Action.RESOLVE) {
            defaults.keySet().removeAll(fields.keySet());
            shipped.require("on-resolve", defaults, profile.onResolve().keySet());
            texts.render(profile.onResolve(), text, fields);
        }
        if (plan.action() == Action.REOPEN) {
            texts.render(profile.onReopen(), text, fields);
        }
        return fields;
    }

    /** What stands there from an earlier closing of ours may be replaced. */
    private static boolean isOfPeople(Delivery delivery, String column) {
        String now = delivery.record().value(column).strip();
        String ours = delivery.ticket().sentFields().getOrDefault(column, "").strip();
        return !now.isEmpty() && !now.equals(ours);
    }

    Set<SyncField> untaken(Delivery delivery, Map<String, Object> answer) {
        String table = delivery.ticket().table();
        Set<SyncField> untaken = EnumSet.noneOf(SyncField.class);
        delivery.plan().toServiceNow().forEach((field, value) -> {
            String column = SyncColumns.of(table, field);
            boolean isAnother = delivery.untaken().contains(column)
                    // A rule may move a ticket on, say from resolved to closed, which is the same to the case.
                    && !choices.agrees(delivery, table, field, value, Row.text(answer, column));
            if (isAnother || field == SyncField.PRIORITY && !Collections.disjoint(delivery.untaken(), OF_PRIORITY)) {
                untaken.add(field);
            }
        });
        return untaken;
    }

    /** How the case's name and description stand in the ticket's columns. */
    Wording wording(Delivery delivery, Sourced now) {
        return wording(delivery, now.finding().orElse(null));
    }

    private Wording wording(Delivery delivery, Finding sourced) {
        return new TemplateWording(
                templates,
                ProfileDefaults.fields(),
                delivery.profile().fields(),
                with -> texts.text(delivery, with),
                sourced,
                dictionaries.of(delivery.ticket().table()));
    }
}
