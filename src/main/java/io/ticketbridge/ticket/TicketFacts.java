package io.ticketbridge.ticket;

import java.util.Map;

/**
 * What a list of ServiceNow's says of a ticket that is kept in step.
 *
 * @param present whether the list has it at all
 * @param fields what it has in common with a case or alert, raw
 * @param mark as in {@link TicketRecord}
 */
public record TicketFacts(Ticket ticket, boolean present, Map<SyncField, String> fields, String mark) {
    public TicketFacts {
        fields = Map.copyOf(fields);
    }
}
