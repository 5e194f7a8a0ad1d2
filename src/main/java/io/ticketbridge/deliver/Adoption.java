package io.ticketbridge.deliver;

import io.ticketbridge.config.Baseline;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.Groups;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.TicketRecords;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** Takes over a record that is in ServiceNow already, instead of opening another (P13). */
final class Adoption {
    private final Groups groups;
    private final TicketRecords records;
    private final History history;
    private final Logger log;
    private final Set<String> sharedQueries = ConcurrentHashMap.newKeySet();

    Adoption(Groups groups, TicketRecords records, History history, Logger log) {
        this.groups = groups;
        this.records = records;
        this.history = history;
        this.log = log;
    }

    /**
     * Whether a record that is there already may be the group's. Before the next generation and where ServiceNow refused the
     * one that is known, too: a ledger that was restored from a back-up may not know what came of it.
     */
    boolean mayAdopt(Delivery delivery) {
        return delivery.getIntent() == null
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
    boolean mayAdoptQueried(Delivery delivery) {
        return mayAdopt(delivery) && delivery.claimed().latest().isEmpty();
    }

    /** Finds records that carry the group's correlation id, of whatever generation. */
    ServiceNowCall adoptable(Delivery delivery) {
        groups.keep(delivery.claimed());
        return ServiceNowCall.find(
                delivery.profile().table(),
                EncodedQuery.where(
                                "correlation_display",
                                Ticket.display(delivery.flow().name()))
                        .contains(
                                "correlation_id",
                                Ticket.correlationPrefix(delivery.group().id())),
                Row.STATE_COLUMNS + ",sys_created_on",
                100);
    }

    /** Takes over the newest generation there is, if the ledger does not know it. */
    Delivery adopt(Delivery delivery, List<Map<String, Object>> rows) {
        String prefix = Ticket.correlationPrefix(delivery.group().id());
        MissingTickets.requireNoneHidden(
                rows,
                "A record with correlation_id " + prefix,
                delivery.profile().table());
        if (rows.stream().anyMatch(row -> !Row.text(row, "correlation_id").contains(prefix))) {
            throw new WrongAnswer("ServiceNow answered a query for " + prefix
                    + " in correlation_id with rows that do not carry it: it left out the condition. "
                    + InstanceProbe.cure(delivery.profile().table(), "correlation_id"));
        }
        int missing = delivery.claimed()
                .latest()
                .map(ticket -> ticket.generation() + (ticket.phase() == Phase.INTENDED ? 0 : 1))
                .orElse(1);
        return rows.stream()
                .filter(row -> Row.text(row, "correlation_id").matches(prefix + "[1-9]\\d{0,8}"))
                .filter(row -> generation(row, prefix) >= missing)
                .max(Comparator.<Map<String, Object>>comparingInt(row -> generation(row, prefix))
                        .thenComparing(row -> Row.text(row, "sys_created_on"), Comparator.reverseOrder()))
                .map(row -> adopted(delivery, row, generation(row, prefix)))
                .orElse(delivery);
    }

    /** Takes over the one open record that the profile's query finds; of several it can't be told which is meant. */
    Delivery adoptQueried(Delivery delivery, List<Map<String, Object>> rows) {
        if (rows.size() > AdoptQueries.MOST) {
            // Which of them are open can't be told from the first.
            log.warn(
                    "More than {} records match the adopt-query; none is adopted. profile={} group=\"{}\"",
                    AdoptQueries.MOST,
                    delivery.profile().name(),
                    PlainText.cut(PlainText.oneLine(delivery.group().label()), 200));
            return delivery;
        }
        List<Map<String, Object>> open = rows.stream()
                .filter(row -> Row.seen(delivery.profile().table(), row).phase() == Phase.OPEN)
                .toList();
        if (open.size() > 1) {
            log.warn(
                    "Several records match the adopt-query; none is adopted. profile={} group=\"{}\" records={}",
                    delivery.profile().name(),
                    PlainText.cut(PlainText.oneLine(delivery.group().label()), 200),
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
                        hasReached(delivery, row))) {
            return taken(delivery, row, 1, "found by the profile's adopt-query");
        }
        if (sharedQueries.add(profile)) {
            log.warn(
                    "The adopt-query finds the ticket of another group; one record is adopted once, and the others get a"
                            + " ticket of their own. Make ticketbridge.profile.{}.adopt-query tell the groups apart; this is"
                            + " said once. number={} group=\"{}\"",
                    profile,
                    Row.text(row, "number"),
                    PlainText.cut(PlainText.oneLine(delivery.group().label()), 200));
        }
        return delivery;
    }

    private static int generation(Map<String, Object> row, String prefix) {
        return Integer.parseInt(Row.text(row, "correlation_id").substring(prefix.length()));
    }

    private Delivery adopted(Delivery delivery, Map<String, Object> row, int generation) {
        String table = delivery.profile().table();
        records.adopt(
                delivery.claimed(),
                generation,
                delivery.profile().name(),
                table,
                Row.seen(table, row),
                hasReached(delivery, row));
        return taken(delivery, row, generation, "found by its correlation_id");
    }

    private static boolean hasReached(Delivery delivery, Map<String, Object> row) {
        String table = delivery.profile().table();
        return new Threshold(delivery.flow()).isReached(table, Row.seen(table, row), Row.isActive(table, row));
    }

    private Delivery taken(Delivery delivery, Map<String, Object> row, int generation, String how) {
        String number = Row.text(row, "number");
        history.adopted(delivery.claimed(), generation, number + " was there already: " + how);
        log.info(
                "Ticket adopted. number={} table={} flow={} group=\"{}\" reason=\"{}\"",
                number,
                delivery.profile().table(),
                delivery.flow().name(),
                PlainText.cut(PlainText.oneLine(delivery.group().label()), 200),
                how);
        return delivery.again(groups.reload(delivery.claimed()));
    }
}
