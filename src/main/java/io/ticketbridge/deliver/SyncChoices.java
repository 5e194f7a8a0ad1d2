package io.ticketbridge.deliver;

import io.ticketbridge.deliver.call.Lifecycle;
import io.ticketbridge.deliver.call.TicketColumns;
import io.ticketbridge.deliver.instance.Dictionaries;
import io.ticketbridge.deliver.instance.Dictionary;
import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The choices of the columns in which a ticket is kept in step with a case or alert, by label. */
public final class SyncChoices {
    private final Dictionaries dictionaries;

    public SyncChoices(Dictionaries dictionaries) {
        this.dictionaries = dictionaries;
    }

    /** Label to value of each field: those that the instance told, none of a field where it told none. */
    public Map<SyncField, Map<String, String>> ofInstance(String table) {
        Dictionary dictionary = dictionaries.of(table);
        Map<SyncField, Map<String, String>> choices = new EnumMap<>(SyncField.class);
        TicketColumns.of(table)
                .forEach((field, column) ->
                        choices.put(field, dictionary.choices().getOrDefault(column, Map.of())));
        return choices;
    }

    /** The same, with the states that ServiceNow ships where the instance told none. */
    Map<SyncField, Map<String, String>> of(String table) {
        Map<SyncField, Map<String, String>> choices = ofInstance(table);
        if (choices.get(SyncField.STATUS).isEmpty()) {
            choices.put(SyncField.STATUS, Lifecycle.of(table).values());
        }
        return choices;
    }

    /** The first of the ticket's values that the profile's map has for a value of the source. */
    Optional<String> mapped(Delivery delivery, String table, SyncField field, String value) {
        return delivery.profile()
                .syncMaps()
                .forSource(delivery.flow().source())
                .written(field, value, of(table).getOrDefault(field, Map.of()));
    }

    /** Whether a ticket's value says the same as a value of the source, by the profile's map. */
    boolean agrees(Delivery delivery, String table, SyncField field, String value, String ticketValue) {
        return delivery.profile()
                .syncMaps()
                .forSource(delivery.flow().source())
                .ticketValues(field, value, of(table).getOrDefault(field, Map.of()))
                .contains(ticketValue);
    }

    /** A case that is being worked on opens a ticket that is being worked on. */
    Optional<String> openingState(Delivery delivery) {
        String status = delivery.group().head().attributes().getOrDefault("status", "");
        return status.equals("Open")
                ? Optional.empty()
                : mapped(delivery, delivery.profile().table(), SyncField.STATUS, status);
    }
}
