package io.ticketbridge.deliver.state;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A look that found nothing although the flow has tickets. Whether they may be seen is asked by their keys, which needs no right to
 * query by range (P7, P16).
 */
final class EmptyLook {
    private static final int MOST = 100;

    /** What bears an earlier time than this before the answer was there to be found by it. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final List<Ticket> tickets;
    private final Instant from;
    private final Instant answeredAt;

    /**
     * @param tickets at least one, all of one table
     * @param from since when changes were asked for; null if some were found
     */
    EmptyLook(List<Ticket> tickets, Instant from) {
        this.tickets = tickets.stream().limit(MOST).toList();
        this.from = from;
        this.answeredAt = LastAnswer.current().date().orElse(Instant.MIN);
    }

    ServiceNowCall request() {
        return ServiceNowCall.find(
                tickets.get(0).table(),
                EncodedQuery.whereIn(
                        "sys_id", tickets.stream().map(Ticket::sysId).toList()),
                "sys_id,sys_updated_on",
                MOST);
    }

    /**
     * @return those that were deleted
     * @throws WrongAnswer if one of them should have been found
     * @throws io.ticketbridge.deliver.servicenow.HiddenRecords if there are many, and none is shown
     */
    List<Ticket> deleted(List<Map<String, Object>> rows, MissingTickets missing) {
        String table = tickets.get(0).table();
        Map<String, Map<String, Object>> shown =
                AnsweredRows.bySysId(rows, tickets.stream().map(Ticket::sysId).toList(), table);
        if (shown.values().stream()
                .map(row -> Row.time(Row.text(row, "sys_updated_on")))
                .anyMatch(this::isMissed)) {
            throw new WrongAnswer("ServiceNow finds no ticket of flow "
                    + tickets.get(0).flow()
                    + " by the time of its change, and shows them when they are asked for by sys_id. "
                    + InstanceProbe.cure(table, "sys_updated_on and sys_id"));
        }
        return missing.areDeleted(tickets, shown.keySet())
                ? tickets.stream()
                        .filter(ticket -> !shown.containsKey(ticket.sysId()))
                        .toList()
                : List.of();
    }

    private boolean isMissed(Instant changed) {
        return from != null
                && changed != null
                && !changed.isBefore(from)
                && changed.plus(SETTLED).isBefore(answeredAt);
    }
}
