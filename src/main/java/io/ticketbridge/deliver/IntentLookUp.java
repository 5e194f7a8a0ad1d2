package io.ticketbridge.deliver;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.call.TicketColumns;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.state.MissingTickets;
import io.ticketbridge.deliver.state.MovedRecords;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ledger.ticket.TicketRecords;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds out what an intent left behind of which no answer was recorded (P15, P16). Thread-safe. */
public final class IntentLookUp {
    private final Settings settings;
    private final Groups groups;
    private final Intents intents;
    private final TicketRecords records;
    private final Recording recording;
    private final MovedRecords moved;

    public IntentLookUp(
            Settings settings,
            Groups groups,
            Intents intents,
            TicketRecords records,
            Recording recording,
            MovedRecords moved) {
        this.settings = settings;
        this.groups = groups;
        this.intents = intents;
        this.records = records;
        this.recording = recording;
        this.moved = moved;
    }

    /** The query that finds what an intent may have left behind, by its key. */
    public ServiceNowCall ask(Delivery delivery) {
        groups.keep(delivery.claimed());
        Intent intent = delivery.intent();
        if (intent.kind() == Intent.Kind.OPENED) {
            return ServiceNowCall.find(
                    delivery.ticket().table(),
                    EncodedQuery.where("correlation_id", correlationId(delivery)),
                    TicketColumns.all(delivery.ticket().table()) + ",sys_created_on",
                    10);
        }
        // Not sys_journal_field: few users may read it, and without the right it is as if nothing was there.
        return ServiceNowCall.findBoth(
                delivery.ticket().table(),
                EncodedQuery.where("sys_id", delivery.ticket().sysId()),
                Row.STATE_COLUMNS + ",work_notes",
                10);
    }

    /** Takes the answer of a look-up. */
    public void take(Delivery delivery, List<Map<String, Object>> rows) {
        groups.keep(delivery.claimed());
        Intent intent = delivery.intent();
        boolean opened = intent.kind() == Intent.Kind.OPENED;
        String key = opened ? correlationId(delivery) : delivery.ticket().sysId();
        AnsweredRows.carrying(
                rows,
                opened ? "correlation_id" : "sys_id",
                key::equals,
                delivery.ticket().table());
        MissingTickets.requireNoneHidden(
                rows,
                opened
                        ? "A record with correlation_id " + key
                        : delivery.ticket().number(),
                delivery.ticket().table());
        if (rows.isEmpty() && !opened && !delivery.isInStep()) {
            // Of what is kept in step the next look finds that out, and tells the case (P23).
            gone(delivery);
        }
        List<Map<String, Object>> ours = rows.stream()
                .filter(row -> opened || Row.shown(row, "work_notes").contains(intent.reference()))
                // Not asked for in this order: who may not sort by a column, which is a right of its own, finds
                // nothing.
                .sorted(Comparator.comparing(row -> Row.text(row, "sys_created_on")))
                .toList();
        if (ours.isEmpty()) {
            intents.withdraw(intent, "looked up, ServiceNow does not have it");
            delivery.intend(null);
            // What is opened is of the table that the profile has by now.
            delivery.take(settings.profiles().get(delivery.profile().name()));
        } else if (opened) {
            recording.found(delivery, ours.get(0));
        } else {
            recording.foundChanged(delivery, ours.get(0));
        }
    }

    /** The record that was to be changed is not there any more: the policy decides anew, knowing that. */
    private void gone(Delivery delivery) {
        if (!moved.follow(List.of(delivery.ticket())).isEmpty()) {
            throw new NotNow(
                    delivery.ticket().number() + " is in another table now, where it is looked for next",
                    Duration.ofSeconds(1));
        }
        String gone = delivery.ticket().number() + " is not in ServiceNow any more";
        intents.refused(delivery.intent(), gone);
        records.deleted(delivery.ticket());
        throw new NotNow(gone, Duration.ZERO);
    }

    private static String correlationId(Delivery delivery) {
        return Ticket.correlationId(delivery.group().id(), delivery.intent().generation());
    }
}
