package io.ticketbridge.deliver;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.StrayRecords;
import io.ticketbridge.ledger.StrayRecords.Stray;
import io.ticketbridge.ledger.StrayRecords.Waiting;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds records of ours that are there twice: ServiceNow checks no token, so what a sender that was paused or died had under
 * way may have been committed after it was looked up (P15). The one that the ledger knows counts, else the oldest. A record that
 * somebody else made is a copy of a ticket, as *Insert and Stay* makes it, and a person's own: it is only reported.
 */
public final class Sweep {
    /** How the correlation id of a record ends that another one stands for. */
    static final String DUPLICATE = "-duplicate";

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int PAGE = 500;
    private static final int KEPT_AT_ONCE = 100;
    private static final String COLUMNS = Row.STATE_COLUMNS + ",correlation_display,sys_created_on,sys_created_by";

    private final Settings settings;
    private final StrayRecords strays;
    private final TicketStates states;

    public Sweep(Settings settings, StrayRecords strays, TicketStates states) {
        this.settings = settings;
        this.states = states;
        this.strays = strays;
    }

    /** What is to be merged into what. */
    public record Duplicate(
            Stray stray,
            FlowSettings flow,
            ProfileSettings profile,
            String keptSysId,
            String keptNumber,
            boolean open,
            String createdBy) {}

    /** A record that the ledger knows only by its correlation id, or not at all. */
    private record Found(Stray stray, boolean open, String createdOn, String createdBy) {}

    /** One look over one table of one flow, page by page in the order of the key. One thread works on it. */
    public static final class Look {
        private final FlowSettings flow;
        private final String table;
        private final List<Duplicate> duplicates = new ArrayList<>();
        private final Map<String, List<Found>> unknown = new HashMap<>();
        /** Who made the records that stay, by sys_id. */
        private final Map<String, String> makers = new HashMap<>();

        private int asked;
        private boolean readAll;
        /** What earlier looks left for somebody; null until all else is read. */
        private Deque<Waiting> waiting;

        private String last = "";
        private boolean over;

        private Look(FlowSettings flow, String table) {
            this.flow = flow;
            this.table = table;
        }

        public boolean isHasNext() {
            return !over;
        }

        private List<Waiting> nextWaiting() {
            return waiting.stream().limit(KEPT_AT_ONCE).toList();
        }

        private List<String> keptOfNext() {
            return duplicates.stream()
                    .skip(asked)
                    .limit(KEPT_AT_ONCE)
                    .map(Duplicate::keptSysId)
                    .distinct()
                    .toList();
        }
    }

    /** A look over each table of each enabled flow. */
    public List<Look> looks() {
        List<Look> looks = new ArrayList<>();
        settings.flows().values().stream().filter(FlowSettings::enabled).forEach(flow -> {
            TreeSet<String> tables = new TreeSet<>(strays.tables(flow.name()));
            tables.add(settings.profiles().get(flow.profile()).table());
            tables.forEach(table -> looks.add(new Look(flow, table)));
        });
        return looks;
    }

    public ServiceNowCall request(Look look) {
        if (look.waiting != null) {
            return states.find(
                    look.table,
                    EncodedQuery.whereIn(
                            "sys_id",
                            look.nextWaiting().stream()
                                    .map(each -> each.stray().sysId())
                                    .toList()),
                    COLUMNS,
                    KEPT_AT_ONCE);
        }
        if (look.readAll) {
            return ServiceNowCall.find(
                    look.table,
                    EncodedQuery.whereIn("sys_id", look.keptOfNext()),
                    "sys_id,sys_created_by",
                    KEPT_AT_ONCE);
        }
        EncodedQuery ours = EncodedQuery.where("correlation_display", mark(look));
        return states.find(
                look.table,
                (look.last.isEmpty() ? ours : ours.after("sys_id", look.last)).orderBy("sys_id"),
                COLUMNS,
                PAGE);
    }

    private static String mark(Look look) {
        return Ticket.display(look.flow.name());
    }

    /** Only an empty page is the last: rows that the user may not see count, too. */
    public void accept(Look look, List<Map<String, Object>> rows) {
        if (look.waiting != null) {
            judge(look, rows);
            return;
        }
        if (look.readAll) {
            rows.forEach(row -> look.makers.put(Row.text(row, "sys_id"), Row.text(row, "sys_created_by")));
            look.asked += KEPT_AT_ONCE;
            beginWaiting(look, look.asked >= look.duplicates.size());
            return;
        }
        AnsweredRows.carrying(rows, "correlation_display", mark(look)::equals, look.table);
        look.last = AnsweredRows.lastOf(rows, look.last, look.table);
        look.readAll = rows.isEmpty();
        beginWaiting(look, look.readAll && look.duplicates.isEmpty());
        List<Map<String, Object>> keyed = rows.stream()
                .filter(row -> Row.text(row, "correlation_id").startsWith(Ticket.CORRELATION))
                .filter(row -> !Row.text(row, "correlation_id").endsWith(DUPLICATE))
                .toList();
        Map<String, Ticket> known =
                strays
                        .tickets(keyed.stream()
                                .map(row -> Row.text(row, "correlation_id"))
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Ticket::correlationId, Function.identity()));
        keyed.forEach(row -> sort(look, row, known.get(Row.text(row, "correlation_id"))));
    }

    private void beginWaiting(Look look, boolean allElseIsRead) {
        if (allElseIsRead) {
            look.waiting = new ArrayDeque<>(strays.waiting(look.flow.name(), look.table));
            look.over = look.waiting.isEmpty();
        }
    }

    /** What a person closed, deleted or took the mark from is settled. What is hidden or open waits on. */
    private void judge(Look look, List<Map<String, Object>> rows) {
        Map<String, Map<String, Object>> bySysId = new HashMap<>();
        rows.forEach(row -> bySysId.put(Row.text(row, "sys_id"), row));
        boolean isHidden = LastAnswer.current().hidden(rows.size()) > 0;
        for (Waiting each : look.nextWaiting()) {
            look.waiting.remove();
            Map<String, Object> row = bySysId.get(each.stray().sysId());
            if (row == null ? !isHidden : !Row.text(row, "correlation_display").equals(mark(look))) {
                strays.forget(each.stray());
            } else if (row != null) {
                judge(each, row);
            }
        }
        look.over = look.waiting.isEmpty();
    }

    private void judge(Waiting each, Map<String, Object> row) {
        boolean isOpen = Row.seen(each.stray().table(), row).phase() == Phase.OPEN;
        if (each.state().equals("unknown")) {
            if (!isOpen || strays.isTicket(each.stray())) {
                strays.forget(each.stray());
            }
        } else if (!isOpen) {
            strays.ended(each.stray(), "merged");
        } else if (each.state().equals("merging")
                && Row.text(row, "correlation_id").endsWith(DUPLICATE)) {
            // The write arrived, and whoever sent it never heard so: no look finds it again.
            strays.ended(each.stray(), "linked");
        }
    }

    private void sort(Look look, Map<String, Object> row, Ticket ticket) {
        Stray stray = new Stray(
                look.table,
                Row.text(row, "sys_id"),
                look.flow.name(),
                Row.text(row, "number"),
                Row.text(row, "correlation_id"));
        boolean open = Row.seen(look.table, row).phase() == Phase.OPEN;
        boolean isDeleted = ticket != null && ticket.phase() == Phase.DELETED;
        if (isDeleted && stray.sysId().equals(ticket.sysId()) && ticket.flow().equals(stray.flow())) {
            states.seen(ticket, row);
        } else if (ticket == null || isDeleted) {
            look.unknown
                    .computeIfAbsent(stray.correlationId(), id -> new ArrayList<>())
                    .add(new Found(stray, open, Row.text(row, "sys_created_on"), Row.text(row, "sys_created_by")));
        } else if (ticket.sysId() != null && !ticket.sysId().equals(stray.sysId())) {
            Found found = new Found(stray, open, Row.text(row, "sys_created_on"), Row.text(row, "sys_created_by"));
            look.duplicates.add(duplicate(look, found, ticket.sysId(), ticket.number()));
        }
        // Without a sys_id it is being opened right now: whoever does that looks it up.
    }

    /** What is to be merged. What nobody knows is only reported: a person may want to adopt it (P13). */
    public List<Duplicate> found(Look look) {
        List<Duplicate> found = new ArrayList<>(look.duplicates);
        Map<String, String> makers = new HashMap<>(look.makers);
        List<String> news = new ArrayList<>();
        look.unknown.values().forEach(records -> {
            records.sort(Comparator.comparing(Found::createdOn)
                    .thenComparing(record -> record.stray().sysId()));
            Stray kept = records.get(0).stray();
            makers.put(kept.sysId(), records.get(0).createdBy());
            // A closed one asks nothing of anybody: the next look would forget it, and report it anew.
            if (records.get(0).open() && strays.unknown(kept)) {
                news.add(kept.number());
            }
            records.stream()
                    .skip(1)
                    .filter(Found::open)
                    .forEach(record -> found.add(duplicate(look, record, kept.sysId(), kept.number())));
        });
        if (!news.isEmpty()) {
            LOG.warn(
                    "Records of ours that the ledger does not know; a flow with baseline=adopt takes them over. flow={} table={} records={} first={}",
                    look.flow.name(),
                    look.table,
                    news.size(),
                    news.get(0));
        }
        found.removeIf(duplicate -> isCopy(duplicate, makers.getOrDefault(duplicate.keptSysId(), "")));
        return found;
    }

    private Duplicate duplicate(Look look, Found record, String keptSysId, String keptNumber) {
        ProfileSettings profile = settings.profiles().get(look.flow.profile()).on(look.table);
        return new Duplicate(
                record.stray(), look.flow, profile, keptSysId, keptNumber, record.open(), record.createdBy());
    }

    /** Whether it was not made by who made the record that stays; who made it must be known to close it. */
    private boolean isCopy(Duplicate duplicate, String maker) {
        if (!maker.isEmpty() && maker.equals(duplicate.createdBy())) {
            return false;
        }
        if (duplicate.open() && strays.unknown(duplicate.stray())) {
            LOG.warn(
                    "Somebody copied a ticket together with its correlation id; it is left alone. Empty correlation_id and"
                            + " correlation_display of the copy. number={} copied={} by={} flow={}",
                    duplicate.stray().number(),
                    duplicate.keptNumber(),
                    PlainText.cut(PlainText.oneLine(duplicate.createdBy()), 100),
                    duplicate.flow().name());
        }
        return true;
    }

    /** Whether it is ours to merge: written down first, so that two replicas do not both do it. */
    public boolean begin(Duplicate duplicate) {
        return strays.begin(duplicate.stray(), duplicate.keptNumber());
    }

    public void merged(Duplicate duplicate, Map<String, Object> answer) {
        boolean over = Row.seen(duplicate.stray().table(), answer).phase().isOver();
        strays.ended(duplicate.stray(), over ? "merged" : "linked");
        LOG.warn(
                "A record was there twice{}. number={} kept={} flow={}",
                over ? "; it was closed" : "; it could not be closed and only names the other: close it by hand",
                duplicate.stray().number(),
                duplicate.keptNumber(),
                duplicate.flow().name());
    }

    /** The next sweep finds it again. */
    public void failed(Duplicate duplicate, Throwable error) {
        LOG.warn(
                "A record is there twice and could not be closed; the next sweep tries again. number={} kept={} flow={} cause=\"{}\"",
                duplicate.stray().number(),
                duplicate.keptNumber(),
                duplicate.flow().name(),
                Causes.sentence(error));
    }
}
