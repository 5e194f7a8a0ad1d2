package io.ticketbridge.ledger.run;

import io.ticketbridge.aggregate.GroupChangeStrategy;
import io.ticketbridge.aggregate.Grouping;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.budget.Quota;
import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.identity.FormerRecipe;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.identity.Origins;
import io.ticketbridge.ledger.identity.Renaming;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.PairedSources;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.pass.ArrivingPages;
import io.ticketbridge.ledger.ticket.GroupFindings;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ledger.ticket.Renewal;
import io.ticketbridge.ledger.ticket.TicketRecords;
import io.ticketbridge.ledger.ticket.TicketRelease;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.policy.FlowPolicy;
import io.ticketbridge.testing.HandClock;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Membership;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A ledger with all that belongs to it, driven as the routes drive it, on one thread and without them. */
public final class LedgerWorld implements AutoCloseable {
    /** Leases last as long. */
    public static final Duration LEASE = Duration.ofSeconds(65);

    /** Of so many findings on, all that the ledger has of a flow is read at once. */
    public static final long MANY = KnownFindings.MANY;

    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final GroupChangeStrategy STRATEGY = new GroupChangeStrategy();

    public final LedgerDatabase database;
    public final HandClock clock = new HandClock();
    public final Tickets tickets;
    public final Intents intents;
    public final TicketRecords records;
    public final Groups groups;
    public final Runs runs;
    public final Accounts accounts;
    public final OpenTickets openTickets;
    public final TicketRelease release;
    public final GroupFindings groupFindings;
    public final DeadLetters deadLetters;
    public final Breakers breakers;
    public final Pages pages;
    public final PendingGroups pending;
    public final SeenFindings seen;
    /** May be replaced between two scans, as somebody may edit the configuration. */
    public FlowSettings flow;
    /** What an engineer puts in before and behind the filter. */
    public Predicate<Finding> before = finding -> true;

    public Predicate<Membership> behind = membership -> true;
    /** Whether scans prove by absence that something is gone. */
    public boolean complete;

    public boolean silencesBacklog;
    /** The table of new tickets. */
    public String table = "incident";
    /** How many requests the rate budget has room for. */
    public volatile Room room = Room.UNLIMITED;

    /** How many groups were handed out that no thread has begun with. */
    public volatile IntSupplier waiting = () -> 0;

    /** Which flows this process delivers for. */
    public Predicate<String> served = name -> true;

    /** Whether ServiceNow reopens what it is asked to; else the ticket stays as it is. */
    public boolean reopens = true;

    /** What the flow reads; null where the ledger is not told. */
    public Origin origin;

    /** Whether the settings still have the instance that the flow has read before. */
    public boolean formerIsThere;

    public boolean formerIsGone;

    private int numbers;

    public LedgerWorld(LedgerDatabase database, FlowSettings flow) {
        this(database, flow, KnownFindings.MANY);
    }

    /** @param many after how many findings of a scan the flow is read as a whole */
    public LedgerWorld(LedgerDatabase database, FlowSettings flow, long many) {
        this(database, flow, many, FormerRecipe.SHIPPED);
    }

    /** @param former how an earlier version named what the ledger has */
    public LedgerWorld(LedgerDatabase database, FlowSettings flow, long many, List<FormerRecipe> former) {
        this.database = database;
        this.flow = flow;
        tickets = new Tickets(database, clock);
        intents = new Intents(database, tickets, clock);
        records = new TicketRecords(database, intents, clock);
        groups = new Groups(database, tickets, intents, clock, "one", LEASE, () -> room);
        accounts = new Accounts(database, RunListener.NONE, clock);
        Watermarks watermarks = new Watermarks(database, clock);
        runs = new Runs(
                database, accounts, new Absences(database, clock), name -> facts(), origins(), watermarks, clock);
        openTickets = new OpenTickets(database, new History(database, clock), clock);
        release = new TicketRelease(database, openTickets, watermarks, clock);
        groupFindings = new GroupFindings(database);
        deadLetters = new DeadLetters(database, clock);
        breakers = new Breakers(database, clock);
        pages = new Pages(
                database,
                new PageWriter(database, clock),
                new KnownFindings(database, many),
                new Renaming(database, former, (finding, name) -> memberships(finding).stream()
                        .map(Membership::group)
                        .toList()));
        pending = new PendingGroups(
                pages, database, name -> served.test(name), () -> room, () -> waiting.getAsInt(), clock);
        seen = new SeenFindings(pages, (finding, name) -> memberships(finding).stream()
                .map(membership -> membership.group().id())
                .collect(Collectors.toSet()));
    }

    public FlowFacts facts() {
        return new FlowFacts(
                Grouping.name(flow),
                !flow.controlMap().isEmpty(),
                silencesBacklog,
                flow.maxNewTicketsPerRun(),
                flow.maxNewTicketsPerHour(),
                flow.source() == SourceKind.WORKLOAD_PROTECTION,
                flow.resolveWhenFixed() && !flow.syncBack());
    }

    private Origins origins() {
        return new Origins() {
            @Override
            public Origin of(String name) {
                return origin;
            }

            @Override
            public boolean isNameTaken(Origin former) {
                return formerIsThere;
            }

            @Override
            public boolean isFormerGone(String name) {
                return formerIsGone;
            }
        };
    }

    private List<Membership> memberships(Finding finding) {
        return Grouping.memberships(finding, flow);
    }

    public PairedSources pairedSources() {
        return new PairedSources(
                database,
                new Pairs(database, clock),
                origins(),
                new Watermarks(database, clock),
                (finding, name) -> Set.of(groupOf(finding)),
                clock);
    }

    /** The id of the group that these findings share; the first, where a finding has several. */
    public UUID groupOf(Finding finding) {
        return memberships(finding).get(0).group().id();
    }

    /** A scan of one page, read to its end. */
    public Run scan(SourceRecord... records) {
        return scan(List.of(List.of(records)));
    }

    public Run scan(List<? extends List<? extends SourceRecord>> pagesOfScan) {
        Run run = runs.begin(flow.name(), "scan");
        pagesOfScan.forEach(page -> page(run, page));
        endScan(run);
        return run;
    }

    public void endScan(Run run) {
        if (complete) {
            run.complete();
        }
        runs.endReading(run);
        runs.endPass(flow.name());
    }

    public void page(Run run, SourceRecord... records) {
        page(run, List.of(records));
    }

    public void page(Run run, List<? extends SourceRecord> records) {
        pages.open(run, records);
        records.forEach(this::one);
        pages.close();
    }

    /** What a worker does with a page that came from a topic. */
    public void page(ArrivingPages.Page page) {
        pages.open(page.run(), page.arrival().findings(), page.arrival());
        page.arrival().findings().forEach(this::one);
        pages.close();
    }

    /** One record of the open page; returns whether it went through the filter. */
    public boolean one(SourceRecord record) {
        if (record instanceof Unreadable) {
            pages.countDead(record);
        } else if (record instanceof Finding finding && before.test(finding) && seen.add(exchange(finding), "")) {
            memberships(finding).stream().filter(behind).forEach(this::collect);
            return true;
        }
        return false;
    }

    void collect(Membership membership) {
        String key = membership.group().id().toString();
        Exchange collected = pending.get(CONTEXT, key);
        pending.add(CONTEXT, key, STRATEGY.aggregate(collected, exchange(membership)));
    }

    public static Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    public Set<String> handedOut() {
        return pending.scan(CONTEXT);
    }

    public GroupCase claim(Finding finding) {
        return groups.claim(groupOf(finding)).orElseThrow();
    }

    /** Claims, writes and settles, as if ServiceNow took everything at once. */
    public Ticket deliver(Finding finding, Action action) {
        GroupCase claimed = claim(finding);
        int latest = claimed.latest().map(Ticket::generation).orElse(0);
        int generation = action == Action.OPEN ? latest + 1 : latest;
        return write(claimed, new Decision(action, generation, "as told"));
    }

    public Ticket write(GroupCase claimed, Decision decision) {
        Intent intent = intend(claimed, decision);
        record(claimed, intent);
        intents.done(intent);
        groups.settle(claimed, intent.version());
        return tickets.latest(claimed.group().id()).orElseThrow();
    }

    public Intent intend(GroupCase claimed, Decision decision) {
        return intend(claimed, decision, Quota.NONE).orElseThrow();
    }

    public Optional<Intent> intend(GroupCase claimed, Decision decision, Quota quota) {
        return groups.intend(claimed, Intent.of(claimed, decision), Map.of(), "incident", table, quota);
    }

    public void record(GroupCase claimed, Intent intent) {
        record(claimed, intent, Map.of());
    }

    /** ServiceNow has it. */
    public void record(GroupCase claimed, Intent intent, Map<String, String> sent) {
        if (intent.kind() == Intent.Kind.OPENED) {
            String number = "INC" + ++numbers;
            Seen opened = new Seen(String.format("%032x", numbers), number, "1", Phase.OPEN, clock.instant());
            records.recordOpened(claimed, intent, opened, sent, null, false);
        } else {
            Ticket ticket = claimed.latest().orElseThrow();
            boolean resolves = intent.kind() == Intent.Kind.RESOLVED;
            boolean staysOver =
                    intent.kind() == Intent.Kind.UPDATED && ticket.phase().isOver();
            boolean staysClosed = intent.kind() == Intent.Kind.REOPENED && !reopens;
            records.recordChanged(
                    claimed,
                    intent,
                    new Seen(
                            ticket.sysId(),
                            ticket.number(),
                            resolves ? "6" : staysOver || staysClosed ? ticket.state() : "2",
                            resolves
                                    ? Phase.RESOLVED
                                    : staysClosed ? Phase.CLOSED : staysOver ? ticket.phase() : Phase.OPEN,
                            ticket.openedAt()),
                    sent,
                    null,
                    false);
        }
    }

    /** What a person did to the group's ticket, as the next pass sees it. */
    public void people(Finding finding, String state, Phase phase) {
        Ticket ticket = tickets.latest(groupOf(finding)).orElseThrow();
        openTickets.seen(
                ticket, new Seen(ticket.sysId(), ticket.number(), state, phase, ticket.openedAt()), phase.isOver());
    }

    /** What a pass does once it has read the states of the flow's tickets. */
    public void look() {
        flow.newTicketAfterDays().ifPresent(days -> release.releaseOlderThan(flow.name(), days));
        release.releaseDone(flow.name(), flow.onRecurrence() == OnRecurrence.COMMENT);
    }

    /** Does what the policy decides about a group, if anything is owed. */
    public void work(UUID group) {
        groups.claim(group).ifPresent(claimed -> {
            Decision decision = new FlowPolicy(tickets, clock).decide(claimed, flow);
            switch (decision.action()) {
                case NOTHING -> settleNothing(claimed);
                case HOLD -> groups.hold(claimed, decision.reason());
                default -> write(claimed, decision);
            }
        });
    }

    public void settleNothing(GroupCase claimed) {
        groups.settle(claimed, claimed.group().version());
    }

    /** What other settings, or an earlier version, left behind. */
    public void left(String update) {
        database.jdbc().update(update);
    }

    public long count(String sql, Object... values) {
        return database.jdbc().queryForObject("select count(*) from " + sql, Long.class, values);
    }

    @Override
    public void close() {
        // The next test may send something on this thread, long after.
        Renewal.over();
        FreshDatabase.close(database);
    }
}
