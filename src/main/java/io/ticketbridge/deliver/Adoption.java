package io.ticketbridge.deliver;

import io.ticketbridge.config.Baseline;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.AnsweredRows;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.state.MissingTickets;
import io.ticketbridge.deliver.state.MovedRecords;
import io.ticketbridge.deliver.state.Threshold;
import io.ticketbridge.deliver.text.AdoptQueries;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.TicketRecords;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Takes over a record that is in ServiceNow already, instead of opening another (P13). Thread-safe. */
public final class Adoption {
    private static final String COLUMNS = Row.STATE_COLUMNS + ",sys_created_on";

    private final Settings settings;
    private final Groups groups;
    private final TicketRecords records;
    private final History history;
    private final MovedRecords moved;
    private final Logger log;
    private final Set<String> sharedQueries = ConcurrentHashMap.newKeySet();

    /** A record and the table that it is one of. */
    private record Found(String table, Map<String, Object> row) {
        int generation(String prefix) {
            return Integer.parseInt(Row.text(row, "correlation_id").substring(prefix.length()));
        }

        boolean isOpen() {
            return Row.seen(table, row).phase() == Phase.OPEN;
        }
    }

    /** @param log where each write is said; a plan says nothing of what it does not do */
    public Adoption(
            Settings settings, Groups groups, TicketRecords records, History history, MovedRecords moved, Logger log) {
        this.settings = settings;
        this.groups = groups;
        this.records = records;
        this.history = history;
        this.moved = moved;
        this.log = log;
    }

    /**
     * Whether a record that is there already may be the group's. Before the next generation and where ServiceNow refused the
     * one that is known, too: a ledger that was restored from a back-up may not know what came of it.
     */
    public boolean mayAdopt(Delivery delivery) {
        return delivery.intent() == null
                && delivery.flow().baseline() == Baseline.ADOPT
                && delivery.claimed()
                        .latest()
                        .map(ticket -> ticket.phase() != Phase.OPEN
                                || ticket.reached()
                                || delivery.flow().newTicketAfterDays().isPresent())
                        .orElse(true)
                && delivery.group().failing() > 0
                && !delivery.group().head().isStorm();
    }

    /** Whether any other record may be: only a group that never had a ticket. */
    public boolean mayAdoptQueried(Delivery delivery) {
        return mayAdopt(delivery) && delivery.claimed().latest().isEmpty();
    }

    /** Finds records that carry the group's correlation id, of whatever generation. */
    public ServiceNowCall adoptable(Delivery delivery) {
        groups.keep(delivery.claimed());
        return ServiceNowCall.find(delivery.profile().table(), ofGroup(delivery), COLUMNS, 100);
    }

    private static EncodedQuery ofGroup(Delivery delivery) {
        return EncodedQuery.where(
                        "correlation_display", Ticket.display(delivery.flow().name()))
                .contains(
                        "correlation_id",
                        Ticket.correlationPrefix(delivery.group().id()));
    }

    /** Takes over the newest generation there is, if the ledger does not know it. */
    public Delivery adopt(Delivery delivery, List<Map<String, Object>> rows) {
        String prefix = Ticket.correlationPrefix(delivery.group().id());
        MissingTickets.requireNoneHidden(
                rows,
                "A record with correlation_id " + prefix,
                delivery.profile().table());
        String table = delivery.profile().table();
        requireAsked(rows, prefix, table);
        List<Found> found = new ArrayList<>();
        rows.forEach(row -> found.add(new Found(table, row)));
        if (found.stream().noneMatch(each -> isOurs(each, prefix) && each.isOpen())) {
            elsewhere(delivery, prefix, rows, found);
        }
        int missing = delivery.claimed()
                .latest()
                .map(ticket -> ticket.generation() + (ticket.phase() == Phase.INTENDED ? 0 : 1))
                .orElse(1);
        return found.stream()
                .filter(each -> isOurs(each, prefix) && each.generation(prefix) >= missing)
                .max(Comparator.<Found>comparingInt(each -> each.generation(prefix))
                        .thenComparing(each -> Row.text(each.row(), "sys_created_on"), Comparator.reverseOrder()))
                .map(each -> adopted(delivery, each, each.generation(prefix)))
                .orElse(delivery);
    }

    /** A route may have chosen another profile for the ticket, or a person may have made a record of another table of it. */
    private void elsewhere(Delivery delivery, String prefix, List<Map<String, Object>> rows, List<Found> found) {
        groups.keep(delivery.claimed());
        Set<String> tables = settings.profiles().values().stream()
                .map(ProfileSettings::table)
                .collect(Collectors.toCollection(TreeSet::new));
        tables.remove(delivery.profile().table());
        moved.elsewhere(ofGroup(delivery), COLUMNS, rows, tables).forEach((table, others) -> {
            requireAsked(others, prefix, table);
            others.stream()
                    .filter(row -> found.stream()
                            .noneMatch(each -> Row.text(each.row(), "sys_id").equals(Row.text(row, "sys_id"))))
                    .toList()
                    .forEach(row -> found.add(new Found(table, row)));
        });
    }

    private static void requireAsked(List<Map<String, Object>> rows, String prefix, String table) {
        AnsweredRows.carrying(rows, "correlation_id", id -> id.contains(prefix), table);
    }

    private static boolean isOurs(Found found, String prefix) {
        return Row.text(found.row(), "correlation_id").matches(prefix + "[1-9]\\d{0,8}");
    }

    /** Takes over the one open record that the profile's query finds; of several it can't be told which is meant. */
    public Delivery adoptQueried(Delivery delivery, List<Map<String, Object>> rows) {
        if (rows.size() > AdoptQueries.MOST) {
            // Which of them are open can't be told from the first.
            log.warn(
                    "More than {} records match the adopt-query; none is adopted. profile={} group=\"{}\"",
                    AdoptQueries.MOST,
                    delivery.profile().name(),
                    delivery.label());
            return delivery;
        }
        List<Map<String, Object>> open = rows.stream()
                .filter(row -> Row.seen(delivery.profile().table(), row).phase() == Phase.OPEN)
                .toList();
        if (open.size() > 1) {
            log.warn(
                    "Several records match the adopt-query; none is adopted. profile={} group=\"{}\" records={}",
                    delivery.profile().name(),
                    delivery.label(),
                    open.size());
        }
        return open.size() == 1 ? adoptedByQuery(delivery, open.get(0)) : delivery;
    }

    /** One record is one group's: else the first group that is clean would resolve it for all. */
    private Delivery adoptedByQuery(Delivery delivery, Map<String, Object> row) {
        String profile = delivery.profile().name();
        String key = Row.text(row, "correlation_id");
        boolean isFree = !key.startsWith(Ticket.CORRELATION)
                || key.startsWith(Ticket.correlationPrefix(delivery.group().id()));
        if (isFree
                && records.adoptFound(
                        delivery.claimed(),
                        profile,
                        delivery.profile().table(),
                        Row.seen(delivery.profile().table(), row),
                        hasReached(delivery, new Found(delivery.profile().table(), row)))) {
            return taken(delivery, delivery.profile().table(), row, 1, "found by the profile's adopt-query");
        }
        if (sharedQueries.add(profile)) {
            log.warn(
                    "The adopt-query finds the ticket of another group; one record is adopted once, and the others get a"
                            + " ticket of their own. Make ticketbridge.profile.{}.adopt-query tell the groups apart; this is"
                            + " said once. number={} group=\"{}\"",
                    profile,
                    Row.text(row, "number"),
                    delivery.label());
        }
        return delivery;
    }

    private Delivery adopted(Delivery delivery, Found found, int generation) {
        records.adopt(
                delivery.claimed(),
                generation,
                profileOf(delivery, found.table()),
                found.table(),
                Row.seen(found.table(), found.row()),
                hasReached(delivery, found));
        return taken(delivery, found.table(), found.row(), generation, "found by its correlation_id");
    }

    /** The one that opens tickets in that table, as far as there is one. */
    private String profileOf(Delivery delivery, String table) {
        return Stream.concat(
                        Stream.of(
                                delivery.profile(),
                                settings.profiles().get(delivery.flow().profile())),
                        settings.profiles().values().stream())
                .filter(profile -> profile.table().equals(table))
                .map(ProfileSettings::name)
                .findFirst()
                .orElse(delivery.profile().name());
    }

    private boolean hasReached(Delivery delivery, Found found) {
        return new Threshold(settings, delivery.flow().name())
                .isReached(
                        found.table(), Row.seen(found.table(), found.row()), Row.isActive(found.table(), found.row()));
    }

    private Delivery taken(Delivery delivery, String table, Map<String, Object> row, int generation, String how) {
        String number = Row.text(row, "number");
        history.adopted(delivery.claimed(), generation, number + " was there already: " + how);
        log.info(
                "Ticket adopted. number={} table={} flow={} group=\"{}\" reason=\"{}\"",
                number,
                table,
                delivery.flow().name(),
                delivery.label(),
                how);
        return delivery.again(groups.reload(delivery.claimed()));
    }
}
