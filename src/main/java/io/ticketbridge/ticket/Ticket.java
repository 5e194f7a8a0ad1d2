package io.ticketbridge.ticket;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The ServiceNow record of a group's generation.
 *
 * @param correlationId the unique key by which ServiceNow's record is found again (P15)
 * @param sysId ServiceNow's id of the record, null while it is only intended
 * @param number ServiceNow's number of the record, null while it is only intended
 * @param state the record's state as last seen, in ServiceNow's own value
 * @param reached whether the status that lets a duplicate be opened was seen since the ticket was opened (P7)
 * @param openedAt ServiceNow's {@code opened_at}
 * @param acceptance that a person closed it as an accepted risk; null if nobody did
 * @param sentFields what was last written to each column: only what differs from it is written again
 * @param head the text that the ticket shows
 */
public record Ticket(
        UUID groupId,
        int generation,
        String flow,
        String profile,
        String table,
        String correlationId,
        String sysId,
        String number,
        String state,
        Phase phase,
        boolean reached,
        Instant openedAt,
        Acceptance acceptance,
        Map<String, String> sentFields,
        Head head) {
    /** How every correlation id of ours begins. */
    public static final String CORRELATION = "ticketbridge-";

    /** The {@code correlation_display} of a flow's records, by which what is ours is asked for (P16). */
    public static String display(String flow) {
        return "ticketbridge " + flow;
    }

    /** The correlation id of a group's generation: fits the column's 100 characters, holds nothing a query could trip over. */
    public static String correlationId(UUID groupId, int generation) {
        return correlationPrefix(groupId) + generation;
    }

    /** What the correlation ids of all generations of a group begin with. */
    public static String correlationPrefix(UUID groupId) {
        return CORRELATION + groupId.toString().replace("-", "") + "-";
    }
}
