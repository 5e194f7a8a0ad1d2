package io.ticketbridge.deliver;

import io.ticketbridge.ticket.Ticket;
import java.util.Map;
import java.util.Set;

/** The columns by which a ticket's record is found again (P15). */
final class KeyColumns {
    static final Set<String> ALL = Set.of("correlation_id", "correlation_display");

    private KeyColumns() {}

    static void put(Delivery delivery, String correlationId, Map<String, String> fields) {
        fields.put("correlation_id", correlationId);
        fields.put("correlation_display", Ticket.display(delivery.flow().name()));
    }

    /** One that was adopted is from now on found by its key like every other. */
    static void putIfAdopted(Delivery delivery, Map<String, String> fields) {
        Ticket ticket = delivery.ticket();
        if (!ticket.sentFields().containsKey("correlation_id")) {
            put(delivery, ticket.correlationId(), fields);
        }
    }
}
