package io.ticketbridge.deliver.sweep;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Questioning;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.deliver.sweep.Sweep.Duplicate;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ledger.ticket.StrayRecords.Stray;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One look over one table of one flow: its records page by page in the order of the key, then who made those that stay, then what earlier
 * looks left for somebody. One thread works on it.
 */
public final class SweepLook implements Questioning {
    static final int KEPT_AT_ONCE = 100;
    static final String COLUMNS = Row.STATE_COLUMNS + ",correlation_display,sys_created_on,sys_created_by";

    private static final int PAGE = 500;

    private final Settings settings;
    private final FlowSettings flow;
    private final String table;
    private final StrayRecords strays;
    private final TicketStates states;
    private final List<Duplicate> duplicates = new ArrayList<>();
    private final Map<String, List<Found>> unknown = new HashMap<>();
    private final Map<String, String> makers = new HashMap<>();

    private String last = "";
    private boolean readAll;
    private int asked;
    /** Null until all else is read. */
    private LeftRecords left;

    /** A record that the ledger knows only by its correlation id, or not at all. */
    record Found(Stray stray, boolean open, String createdOn, String createdBy) {}

    SweepLook(Settings settings, FlowSettings flow, String table, StrayRecords strays, TicketStates states) {
        this.settings = settings;
        this.flow = flow;
        this.table = table;
        this.strays = strays;
        this.states = states;
    }

    FlowSettings flow() {
        return flow;
    }

    String table() {
        return table;
    }

    /** Records beside one that the ledger knows. */
    List<Duplicate> duplicates() {
        return duplicates;
    }

    /** Those that the ledger does not know, by correlation id. */
    Map<String, List<Found>> unknown() {
        return unknown;
    }

    /** Who made the records that stay, by sys_id. */
    Map<String, String> makers() {
        return makers;
    }

    /** @param ticket the one whose record stays, or null if the ledger knows neither */
    Duplicate duplicate(Ticket ticket, Found record, String keptSysId, String keptNumber) {
        return new Duplicate(
                record.stray(), flow, profile(ticket), keptSysId, keptNumber, record.open(), record.createdBy());
    }

    /** The one that the ticket was opened with: what closes it may be the instance's own. Of what nobody knows, one of its table. */
    private ProfileSettings profile(Ticket ticket) {
        ProfileSettings usual = settings.profiles().get(flow.profile());
        return ticket != null && ticket.flow().equals(flow.name())
                ? settings.profileOf(ticket).on(table)
                : Stream.concat(Stream.of(usual), settings.profiles().values().stream())
                        .filter(profile -> profile.table().equals(table))
                        .findFirst()
                        .orElseGet(() -> usual.on(table));
    }

    @Override
    public boolean isHasNext() {
        return left == null || left.isHasNext();
    }

    @Override
    public ServiceNowCall request() {
        if (left != null) {
            return left.request();
        }
        if (readAll) {
            return ServiceNowCall.find(
                    table, EncodedQuery.whereIn("sys_id", keptOfNext()), "sys_id,sys_created_by", KEPT_AT_ONCE);
        }
        EncodedQuery ours = EncodedQuery.where("correlation_display", Ticket.display(flow.name()));
        return states.find(
                table, (last.isEmpty() ? ours : ours.after("sys_id", last)).orderBy("sys_id"), COLUMNS, PAGE);
    }

    private List<String> keptOfNext() {
        return duplicates.stream()
                .skip(asked)
                .limit(KEPT_AT_ONCE)
                .map(Duplicate::keptSysId)
                .distinct()
                .toList();
    }

    /** Only an empty page is the last: rows that the user may not see count, too. */
    @Override
    public void accept(List<Map<String, Object>> rows) {
        if (left != null) {
            left.accept(rows);
        } else if (readAll) {
            AnsweredRows.bySysId(rows, keptOfNext(), table)
                    .forEach((sysId, row) -> makers.put(sysId, Row.text(row, "sys_created_by")));
            asked += KEPT_AT_ONCE;
            beginLeft(asked >= duplicates.size());
        } else {
            AnsweredRows.carrying(rows, "correlation_display", Ticket.display(flow.name())::equals, table);
            last = AnsweredRows.lastOf(rows, last, table);
            readAll = rows.isEmpty();
            beginLeft(readAll && duplicates.isEmpty());
            sort(rows);
        }
    }

    private void beginLeft(boolean allElseIsRead) {
        if (allElseIsRead) {
            left = new LeftRecords(flow.name(), table, strays, states);
        }
    }

    private void sort(List<Map<String, Object>> rows) {
        List<Map<String, Object>> keyed = rows.stream()
                .filter(row -> Row.text(row, "correlation_id").startsWith(Ticket.CORRELATION))
                .filter(row -> !Row.text(row, "correlation_id").endsWith(Sweep.DUPLICATE))
                .toList();
        Map<String, Ticket> known =
                strays
                        .tickets(keyed.stream()
                                .map(row -> Row.text(row, "correlation_id"))
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Ticket::correlationId, Function.identity()));
        keyed.forEach(row -> sort(row, known.get(Row.text(row, "correlation_id"))));
    }

    private void sort(Map<String, Object> row, Ticket ticket) {
        Stray stray = new Stray(
                table, Row.text(row, "sys_id"), flow.name(), Row.text(row, "number"), Row.text(row, "correlation_id"));
        Found found = new Found(
                stray,
                Row.seen(table, row).phase() == Phase.OPEN,
                Row.text(row, "sys_created_on"),
                Row.text(row, "sys_created_by"));
        boolean isDeleted = ticket != null && ticket.phase() == Phase.DELETED;
        // Passes read no closed ones: an instance that was restored, or an administrator, may have opened it again.
        boolean isBack = isDeleted || ticket != null && ticket.phase() == Phase.CLOSED && found.open();
        if (isBack && stray.sysId().equals(ticket.sysId()) && ticket.flow().equals(stray.flow())) {
            states.seen(ticket, row);
        } else if (ticket == null || isDeleted) {
            unknown.computeIfAbsent(stray.correlationId(), id -> new ArrayList<>())
                    .add(found);
        } else if (ticket.sysId() != null && !ticket.sysId().equals(stray.sysId())) {
            duplicates.add(duplicate(ticket, found, ticket.sysId(), ticket.number()));
        }
        // Without a sys_id it is being opened right now: whoever does that looks it up.
    }
}
