package io.ticketbridge.deliver.sweep;

import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Questioning;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ledger.ticket.StrayRecords.Waiting;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What earlier sweeps of a table left for somebody: what a person closed, deleted or took the mark from is settled. What is hidden or open
 * waits on. One thread works on it.
 */
final class LeftRecords implements Questioning {
    private final String table;
    private final String mark;
    private final StrayRecords strays;
    private final TicketStates states;
    private final Deque<Waiting> waiting;

    LeftRecords(String flow, String table, StrayRecords strays, TicketStates states) {
        this.table = table;
        this.mark = Ticket.display(flow);
        this.strays = strays;
        this.states = states;
        this.waiting = new ArrayDeque<>(strays.waiting(flow, table));
    }

    @Override
    public boolean isHasNext() {
        return !waiting.isEmpty();
    }

    private List<Waiting> next() {
        return waiting.stream().limit(SweepLook.KEPT_AT_ONCE).toList();
    }

    @Override
    public ServiceNowCall request() {
        return states.find(
                table, EncodedQuery.whereIn("sys_id", sysIdsOfNext()), SweepLook.COLUMNS, SweepLook.KEPT_AT_ONCE);
    }

    private List<String> sysIdsOfNext() {
        return next().stream().map(each -> each.stray().sysId()).toList();
    }

    @Override
    public void accept(List<Map<String, Object>> rows) {
        Map<String, Map<String, Object>> bySysId = AnsweredRows.bySysId(rows, sysIdsOfNext(), table);
        boolean isHidden = LastAnswer.current().hidden(rows.size()) > 0;
        for (Waiting each : next()) {
            waiting.remove();
            Map<String, Object> row = bySysId.get(each.stray().sysId());
            if (row == null ? !isHidden : !Row.text(row, "correlation_display").equals(mark)) {
                strays.forget(each.stray());
            } else if (row != null) {
                judge(each, row);
            }
        }
    }

    private void judge(Waiting each, Map<String, Object> row) {
        boolean isOpen = Row.seen(table, row).phase() == Phase.OPEN;
        if (each.state().equals("unknown")) {
            if (!isOpen || strays.isTicket(each.stray())) {
                strays.forget(each.stray());
            }
        } else if (!isOpen) {
            strays.ended(each.stray(), "merged");
        } else if (each.state().equals("merging")
                && Row.text(row, "correlation_id").endsWith(Sweep.DUPLICATE)) {
            // The write arrived, and whoever sent it never heard so: no look finds it again.
            strays.ended(each.stray(), "linked");
        }
    }
}
