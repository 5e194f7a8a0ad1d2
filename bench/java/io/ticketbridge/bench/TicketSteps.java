package io.ticketbridge.bench;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.identity.GroupsOf;
import io.ticketbridge.ledger.identity.Origins;
import io.ticketbridge.ledger.pair.PairedSources;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.pair.Reconciliation;
import io.ticketbridge.ledger.report.LedgerFigures;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ledger.report.Stories;
import io.ticketbridge.ledger.report.Subjects;
import io.ticketbridge.ledger.report.TicketSearch;
import io.ticketbridge.ledger.report.Trend;
import io.ticketbridge.ledger.run.Absences;
import io.ticketbridge.ledger.run.HeldGroups;
import io.ticketbridge.ledger.run.PageWriter;
import io.ticketbridge.ledger.run.Pages;
import io.ticketbridge.ledger.run.PendingGroups;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFacts;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;

/** The steps that have to do with tickets, each by itself over a ledger of one size. */
final class TicketSteps {
    private static final int PAGE = 100;

    private final Clock clock = Clock.systemUTC();
    private final FilledLedger filled;
    private final LedgerDatabase ledger;
    private final Accounts accounts;
    private final Runs runs;

    TicketSteps(FilledLedger filled) {
        this.filled = filled;
        ledger = filled.ledger();
        accounts = new Accounts(ledger, RunListener.NONE, clock);
        runs = new Runs(
                ledger,
                accounts,
                new Absences(ledger, clock),
                flow -> new FlowFacts("resource", false, 100, OptionalInt.empty(), false),
                clock);
    }

    /** By name, in the order in which they are to be taken: the last ones change what the ledger holds. */
    Map<String, Cost.Measured> all() {
        Map<String, Cost.Measured> steps = new LinkedHashMap<>();
        steps.put("status", () -> Cost.of(() -> new LedgerReport(ledger).flows()));
        steps.put(
                "metrics",
                () -> Cost.of(() ->
                        LedgerFigures.of(ledger, new RequestBudget(ledger, OptionalInt.empty(), flow -> true, clock))));
        steps.put(
                "console: trend",
                () -> Cost.of(() -> new Trend(ledger, clock).of(List.of(FilledLedger.FLOW, FilledLedger.FRESH))));
        steps.put("console: tickets", () -> search(""));
        steps.put("search: number", () -> search("INC0000042"));
        steps.put("search: beginning of a number", () -> search("INC00000"));
        steps.put("search: label", () -> search("t-42"));
        steps.put("search: resource", () -> search("resource-t42"));
        steps.put("explain: number", () -> explain("INC0000042"));
        steps.put("explain: label", () -> explain("t-42"));
        steps.put("explain: resource", () -> explain("resource-t42"));
        steps.put("account: all is news", () -> Cost.of(() -> accounts.of(FilledLedger.FIRST)));
        steps.put("account: 1 % is news", () -> Cost.of(() -> accounts.of(FilledLedger.SECOND)));
        steps.put("account: nothing is news", () -> Cost.of(() -> accounts.of(FilledLedger.SECOND + 1)));
        steps.put("sweep", this::sweep);
        steps.put("ticket states", this::states);
        steps.put("reconciliation", this::reconcile);
        steps.put("rank", this::rank);
        steps.put("hand out", this::handOut);
        steps.put("hold what is too much", this::hold);
        steps.put("let 100 go on", this::goOn);
        return steps;
    }

    private Cost search(String words) throws Exception {
        return Cost.of(() -> new TicketSearch(ledger).of(new TicketSearch.Query(words, "", ""), "", 50));
    }

    private Cost explain(String id) throws Exception {
        return Cost.of(() -> {
            List<Subjects.Subject> named = new Subjects(ledger).named(id, 10);
            if (named.isEmpty()) {
                throw new IllegalStateException("Nothing is called " + id);
            }
            Settings settings = Settings.load(Sources.only(Map.of()), Requirement.LEDGER_ONLY);
            new Stories(ledger, Clock.systemUTC(), settings, text -> text).of(named.get(0));
        });
    }

    private Cost sweep() throws Exception {
        StrayRecords strays = new StrayRecords(ledger, clock);
        return Cost.of(() -> {
            for (int first = 1; first <= filled.size(); first += PAGE) {
                int from = first;
                strays.tickets(IntStream.range(from, from + PAGE)
                        .mapToObj(n -> "ticketbridge-" + n)
                        .toList());
            }
        });
    }

    /** Nothing changed: most of them at most times. */
    private Cost states() throws Exception {
        OpenTickets open = openTickets();
        return Cost.of(() -> open.of(FilledLedger.FLOW).forEach(ticket -> open.seen(ticket, seen(ticket), false)));
    }

    private OpenTickets openTickets() {
        return new OpenTickets(ledger, new History(ledger, clock), clock);
    }

    private static Seen seen(Ticket ticket) {
        return new Seen(ticket.sysId(), ticket.number(), ticket.state(), ticket.phase(), ticket.openedAt());
    }

    private Cost reconcile() throws Exception {
        GroupsOf none = (finding, flow) -> Set.of();
        Pairs pairs = new Pairs(ledger, clock);
        PairedSources sources =
                new PairedSources(ledger, pairs, Origins.UNKNOWN, new Watermarks(ledger, clock), none, clock);
        Reconciliation reconciliation = new Reconciliation(ledger, pairs, sources, none, clock);
        List<Ticket> tickets = openTickets().of(FilledLedger.FLOW);
        filled.sql("update pair set closed = true");
        return Cost.of(() -> {
            Reconciliation.Comparison comparison = reconciliation.begin(FilledLedger.FLOW);
            for (int first = 0; first < tickets.size(); first += PAGE) {
                reconciliation.tickets(
                        comparison,
                        tickets.subList(first, Math.min(first + PAGE, tickets.size())).stream()
                                .map(ticket -> new TicketFacts(ticket, true, Map.of(), "m"))
                                .toList());
            }
            reconciliation.end(comparison);
        });
    }

    /** All are pending, and all are ranked wrongly. */
    private Cost rank() throws Exception {
        filled.sql("update finding_group set pending = true, urgency = 1 where flow = ?", FilledLedger.FLOW);
        return Cost.of(() -> runs.endPass(FilledLedger.FLOW));
    }

    /** Until nothing is pending; what becomes of them is not measured. */
    private Cost handOut() throws Exception {
        filled.sql("update finding_group set pending = true where flow = ?", FilledLedger.FLOW);
        filled.sql("update finding_group set pending = false where flow = ?", FilledLedger.FRESH);
        filled.analyze();
        PendingGroups pending = new PendingGroups(
                new Pages(ledger, new PageWriter(ledger, clock), List.of(), (finding, flow) -> List.of()),
                ledger,
                flow -> true,
                () -> Room.UNLIMITED,
                () -> 0,
                clock);
        DefaultCamelContext context = new DefaultCamelContext();
        Cost cost = new Cost(0, 0);
        int out = 0;
        while (out < filled.size()) {
            Set<String> ids = new LinkedHashSet<>();
            cost = cost.plus(Cost.of(() -> ids.addAll(pending.scan(context))));
            if (ids.isEmpty()) {
                throw new IllegalStateException("Handed out " + out + " of " + filled.size());
            }
            out += ids.size();
            settle(ids);
        }
        return cost;
    }

    private void settle(Set<String> ids) throws Exception {
        try (var connection = ledger.dataSource().getConnection();
                var statement = connection.prepareStatement("update finding_group set pending = false where id = ?")) {
            connection.setAutoCommit(false);
            for (String id : ids) {
                statement.setObject(1, UUID.fromString(id));
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    private Cost hold() throws Exception {
        filled.sql(
                "update finding_group set pending = true, held = null, lease_until = null where flow = ?",
                FilledLedger.FRESH);
        Tickets tickets = new Tickets(ledger, clock);
        Groups groups = new Groups(
                ledger,
                tickets,
                new Intents(ledger, tickets, clock),
                clock,
                "bench",
                Duration.ofMinutes(1),
                () -> Room.UNLIMITED);
        UUID one = ledger.client()
                .sql("select id from finding_group where flow = :flow order by label limit 1")
                .param("flow", FilledLedger.FRESH)
                .query(UUID.class)
                .single();
        GroupCase claimed = groups.claim(one).orElseThrow();
        return Cost.of(() -> new HeldGroups(ledger, clock).holdSurplus(claimed, Breaker.NEW_TICKETS_PER_RUN.reason()));
    }

    private Cost goOn() throws Exception {
        filled.endReading(FilledLedger.FRESH);
        return Cost.of(() -> runs.endPass(FilledLedger.FRESH));
    }
}
