package io.ticketbridge.deliver.state;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.call.TicketColumns;
import io.ticketbridge.deliver.instance.AcceptanceReader;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.HiddenRecords;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ledger.ticket.TicketRelease;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFacts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads how far a flow's tickets have come, in pages, before its policy decides (P7). A ticket that has reached its status
 * or its age no longer blocks its group: the ledger lets the group's failures pass the filter again (P8).
 */
public final class TicketStates {
    private static final Logger LOG = LoggerFactory.getLogger(TicketStates.class);
    /** Keys in one query: some 3,300 characters, well below what addresses may hold. */
    private static final int PAGE = 100;

    private final Settings settings;
    private final OpenTickets openTickets;
    private final TicketRelease release;
    private final AcceptanceReader acceptances;
    private final MissingTickets missing;
    private final MovedRecords moved;

    public TicketStates(
            Settings settings,
            OpenTickets openTickets,
            TicketRelease release,
            MovedRecords moved,
            MissingTickets missing,
            Clock clock) {
        this.settings = settings;
        this.openTickets = openTickets;
        this.release = release;
        this.acceptances = new AcceptanceReader(settings, clock);
        this.missing = missing;
        this.moved = moved;
    }

    /** Whether the flow's tickets are kept in step with their cases: then only those that changed are read. */
    public boolean areInStep(String flow) {
        return settings.flows().get(flow).syncBack();
    }

    /** The flow's tickets that are not over yet, a page at a time and each page of one table. */
    public List<List<Ticket>> pages(String flow) {
        return pages(openTickets.of(flow));
    }

    /**
     * The same with those that are closed as an accepted risk, which a person may take back, and those that were not found of
     * late: whoever could not see them may see them again.
     */
    public List<List<Ticket>> pagesWithAccepted(String flow) {
        List<Ticket> tickets = new ArrayList<>(openTickets.of(flow));
        tickets.addAll(openTickets.accepted(flow));
        tickets.addAll(openTickets.deleted(flow));
        return pages(tickets);
    }

    private static List<List<Ticket>> pages(List<Ticket> all) {
        Map<String, List<Ticket>> byTable = new HashMap<>();
        all.forEach(ticket -> byTable.computeIfAbsent(ticket.table(), table -> new ArrayList<>())
                .add(ticket));
        List<List<Ticket>> pages = new ArrayList<>();
        byTable.values().forEach(tickets -> {
            for (int start = 0; start < tickets.size(); start += PAGE) {
                pages.add(tickets.subList(start, Math.min(start + PAGE, tickets.size())));
            }
        });
        return pages;
    }

    public ServiceNowCall query(List<Ticket> page) {
        return acceptances.find(
                page.get(0).table(),
                EncodedQuery.whereIn("sys_id", page.stream().map(Ticket::sysId).toList()),
                Row.STATE_COLUMNS,
                PAGE);
    }

    /** The same with everything that is kept in step. */
    public ServiceNowCall comparison(List<Ticket> page) {
        return ServiceNowCall.find(
                page.get(0).table(),
                EncodedQuery.whereIn("sys_id", page.stream().map(Ticket::sysId).toList()),
                TicketColumns.values(page.get(0).table()),
                PAGE);
    }

    /** A call that reads what {@link #seen(Ticket, Map)} goes by, an accepted risk included. */
    public ServiceNowCall find(String table, EncodedQuery query, String columns, int limit) {
        return acceptances.find(table, query, columns, limit);
    }

    /** Without tickets of which nothing is known, since ServiceNow does not show them. */
    public List<TicketFacts> facts(List<Ticket> page, List<Map<String, Object>> rows) {
        Map<String, Map<String, Object>> bySysId = bySysId(page, rows);
        boolean areDeleted = missing.areDeleted(page, bySysId.keySet());
        return page.stream()
                .filter(ticket -> areDeleted || bySysId.containsKey(ticket.sysId()))
                .map(ticket -> {
                    Map<String, Object> row = bySysId.get(ticket.sysId());
                    return row == null
                            ? new TicketFacts(ticket, false, Map.of(), "")
                            : new TicketFacts(ticket, true, TicketColumns.fields(ticket.table(), row), Row.mark(row));
                })
                .toList();
    }

    /** Records what was seen. A ticket that did not come back was deleted, unless it is not for this user to see (P7). */
    public void seen(List<Ticket> page, List<Map<String, Object>> rows) {
        Map<String, Map<String, Object>> bySysId = bySysId(page, rows);
        int hidden = LastAnswer.current().hidden(bySysId.size());
        Set<String> known = new HashSet<>(bySysId.keySet());
        if (hidden == 0) {
            known.addAll(elsewhere(page, bySysId.keySet()));
        }
        boolean areDeleted = missing.areDeleted(page, known, hidden);
        for (Ticket ticket : page) {
            Map<String, Object> row = bySysId.get(ticket.sysId());
            if (row != null) {
                seen(ticket, row);
            } else if (areDeleted && !known.contains(ticket.sysId())) {
                openTickets.seen(ticket, new Seen(ticket.sysId(), ticket.number(), "", Phase.DELETED, null), true);
            }
        }
    }

    /** Of one that is hidden, nothing is concluded of any: a pass goes on with all others. */
    private Set<String> elsewhere(List<Ticket> page, Set<String> shown) {
        List<Ticket> gone = page.stream()
                .filter(ticket -> ticket.phase() != Phase.DELETED && !shown.contains(ticket.sysId()))
                .toList();
        try {
            return moved.follow(gone);
        } catch (HiddenRecords e) {
            missing.sayElsewhere(gone, e.getMessage());
            return gone.stream().map(Ticket::sysId).collect(Collectors.toSet());
        }
    }

    /** Records what a row says of its ticket. */
    public void seen(Ticket ticket, Map<String, Object> row) {
        Threshold threshold = new Threshold(settings, ticket.flow());
        Seen seen = Row.seen(ticket.table(), row);
        if (ticket.reached() && threshold.blocksAgain(seen)) {
            openTickets.blocksAgain(ticket);
        }
        boolean reached = threshold.isReached(ticket.table(), seen, Row.isActive(ticket.table(), row));
        openTickets.seen(ticket, seen, reached, acceptances.of(ticket, row));
        if (ticket.phase() == Phase.DELETED) {
            LOG.info(
                    "A ticket that was taken for deleted is there, and goes on. number={} flow={}",
                    ticket.number(),
                    ticket.flow());
        }
    }

    private static Map<String, Map<String, Object>> bySysId(List<Ticket> page, List<Map<String, Object>> rows) {
        return AnsweredRows.bySysId(
                rows, page.stream().map(Ticket::sysId).toList(), page.get(0).table());
    }

    /**
     * Lets the failures pass again whose tickets are too old to block (P8), whose accepted risk has come to its date, or whose tickets
     * are done and nobody has decided about them since (P7).
     */
    public void releaseAged(String flow) {
        FlowSettings settingsOfFlow = settings.flows().get(flow);
        release.judgeAnew(flow, settingsOfFlow.newTicketWhenStatus(), this::hasReached);
        release.endAcceptances(flow);
        settingsOfFlow.newTicketAfterDays().ifPresent(days -> release.releaseOlderThan(flow, days));
        // What is kept in step is looked at whenever either side changes.
        if (!settingsOfFlow.syncBack()) {
            release.releaseDone(flow, settingsOfFlow.onRecurrence() == OnRecurrence.COMMENT);
        }
    }

    /** By what was last seen of it: that was just now, or it is as it was. */
    private boolean hasReached(Ticket ticket) {
        Seen seen = new Seen(ticket.sysId(), ticket.number(), ticket.state(), ticket.phase(), ticket.openedAt());
        return new Threshold(settings, ticket.flow()).isReached(ticket.table(), seen, ticket.phase() != Phase.CLOSED);
    }
}
