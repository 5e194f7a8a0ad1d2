package io.ticketbridge.ticket;

import java.util.Map;

/**
 * The last state that both sides agreed on: the base of the three-way merge (P24).
 *
 * @param fields what both sides have
 * @param attributes what only Vision One has, as the ticket was told of it
 * @param columns what only ServiceNow has, as Vision One was told of it
 */
public record Agreement(Map<SyncField, Both> fields, Map<String, String> attributes, Map<String, String> columns) {
    public Agreement {
        fields = Map.copyOf(fields);
        attributes = Map.copyOf(attributes);
        columns = Map.copyOf(columns);
    }
}
