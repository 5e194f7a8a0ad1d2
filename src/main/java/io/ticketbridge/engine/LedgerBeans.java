package io.ticketbridge.engine;

import io.ticketbridge.aggregate.Grouping;
import io.ticketbridge.aggregate.Groupings;
import io.ticketbridge.config.Baseline;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.Regroupings;
import io.ticketbridge.ledger.Retention;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.account.Storms;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.budget.Room;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.identity.FormerRecipe;
import io.ticketbridge.ledger.identity.Origins;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.PairedSources;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.pass.BadRecords;
import io.ticketbridge.ledger.pass.Barrier;
import io.ticketbridge.ledger.pass.PageSteps;
import io.ticketbridge.ledger.pass.PassFailures;
import io.ticketbridge.ledger.pass.Replays;
import io.ticketbridge.ledger.pass.Scans;
import io.ticketbridge.ledger.pass.WaitingPasses;
import io.ticketbridge.ledger.run.Absences;
import io.ticketbridge.ledger.run.PageWriter;
import io.ticketbridge.ledger.run.Pages;
import io.ticketbridge.ledger.run.PendingGroups;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.ledger.run.SeenFindings;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ledger.ticket.LooseEnds;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ledger.ticket.TicketRelease;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Membership;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Processor;

/** What keeps runs, findings, groups and tickets, and hands out what is due. */
final class LedgerBeans {
    final Tickets tickets;
    final Intents intents;
    final History history;
    final Groups groups;
    final Pairs pairs;
    final PairedSources pairedSources;
    final OpenTickets openTickets;
    final TicketRelease release;
    final Runs runs;
    final PageSteps pageSteps;
    final DeadLetters deadLetters;
    final Storms storms;
    final Regroupings regroupings;
    final RequestBudget budget;
    final LastEnds lastEnds;
    private final Surroundings around;
    private final Pages pages;
    private final SeenFindings seen;
    private final PassFailures failures;
    private final BadRecords badRecords;
    private final Scans scans;
    private final Supplier<Room> room;

    LedgerBeans(Surroundings around, SourceBeans sources, Groupings groupings) {
        this.around = around;
        Settings settings = around.settings();
        LedgerDatabase database = around.database();
        Clock clock = around.clock();
        tickets = new Tickets(database, clock);
        intents = new Intents(database, tickets, clock);
        history = new History(database, clock);
        pages = new Pages(
                database,
                new PageWriter(database, clock),
                FormerRecipe.SHIPPED,
                (finding, flow) -> groupings.memberships(finding, flow).stream()
                        .map(Membership::group)
                        .toList());
        Accounts accounts = new Accounts(database, around.meters(), clock);
        Origins origins = new FlowOrigins(settings, sources.apis);
        runs = new Runs(
                database,
                accounts,
                new Absences(database, clock),
                flow -> facts(settings, flow),
                origins,
                sources.watermarks,
                clock);
        deadLetters = new DeadLetters(database, clock, around.masking()::masked);
        storms = new Storms(database, settings.flows().keySet(), wantStorms(settings), clock);
        regroupings = new Regroupings(
                database,
                settings.flows().values().stream()
                        .collect(Collectors.toMap(FlowSettings::name, flow -> facts(settings, flow.name()))));
        budget = new RequestBudget(database, settings.serviceNow().requestsPerHour(), settings::delivers, clock);
        // A plan sends nothing that there had to be room for.
        Supplier<Room> sending = around.planned() == null ? budget : () -> Room.UNLIMITED;
        // What goes to another instance is left to whoever delivers there.
        room = () -> around.instance().isOurs() ? sending.get() : Room.NONE;
        groups = new Groups(
                database,
                tickets,
                intents,
                clock,
                around.owner(),
                Networks.longestCall(settings).plus(Groups.MARGIN),
                room);
        pairs = new Pairs(database, clock);
        pairedSources = new PairedSources(database, pairs, origins, sources.watermarks, groupings::groups, clock);
        openTickets = new OpenTickets(database, history, clock);
        release = new TicketRelease(database, openTickets, sources.watermarks, clock);
        lastEnds = new LastEnds(database, clock);
        seen = new SeenFindings(pages, groupings::groups);
        RunListener listener = around.isOffline() ? around.planned().trace() : around.meters();
        failures = new PassFailures(runs, pages, listener, around.masking()::masked, around.trail());
        badRecords = new BadRecords(pages, deadLetters, listener, around.masking()::masked, around.trail());
        pageSteps = new PageSteps(runs, pages, seen, this::isSpared, listener, around.trail());
        scans = new Scans(
                runs,
                sources.watermarks,
                deadLetters,
                sources.deadRecords,
                listener,
                failures,
                around.trail(),
                around.publishes()
                        ? new Barrier(database, settings.kafka().patience(), around.context()::isStopping)
                        : null);
    }

    /** Whoever follows each finding, and whoever filters them, has to see each. */
    private boolean isSpared(String flow) {
        return !around.isOffline()
                && around.shortcut().isOpen()
                && around.settings().flows().get(flow).filter().isEmpty();
    }

    void bind() {
        LedgerDatabase database = around.database();
        Clock clock = around.clock();
        around.bind("runs", runs);
        around.bind("storms", storms);
        around.bind("lastEnds", lastEnds);
        around.bind("retention", new Retention(database, clock));
        around.bind("looseEnds", new LooseEnds(database, clock));
        around.bind("scans", scans);
        around.bind("pageSteps", pageSteps);
        around.bind("passFailures", failures);
        around.bind("badRecords", badRecords);
        around.bind("onlyReadable", (Processor) badRecords::requireReadable);
        around.bind(
                "seenFindings", around.isOffline() ? around.planned().trace().around(seen) : seen);
        ThreadPoolExecutor threads = DeliveryThreads.of(
                around.context(), around.settings().serviceNow().deliveries());
        around.bind("deliveryThreads", threads);
        around.bind(
                "pendingGroups",
                new PendingGroups(
                        pages,
                        database,
                        handedOut(),
                        room,
                        () -> threads.getQueue().size(),
                        clock));
        around.bind("replays", new Replays(database, runs, deadLetters, history, clock));
        around.bind("waitingPasses", new WaitingPasses(lastEnds));
    }

    /** Whoever makes passes by a schedule makes the next one soon; any other reads, or was told to deliver, just now. */
    private Predicate<String> handedOut() {
        Settings settings = around.settings();
        Predicate<String> longUnread =
                around.scheduled() ? new LongUnread(settings.flows(), lastEnds, around.clock()) : flow -> false;
        return flow -> settings.delivers(flow) && !longUnread.test(flow);
    }

    private static Set<String> wantStorms(Settings settings) {
        return settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.stormTicket())
                .map(FlowSettings::name)
                .collect(Collectors.toSet());
    }

    /** What the ledger has to know of a flow; null of one that has no settings. */
    static FlowFacts facts(Settings settings, String name) {
        FlowSettings flow = settings.flows().get(name);
        if (flow == null) {
            return null;
        }
        return new FlowFacts(
                Grouping.name(flow),
                !flow.controlMap().isEmpty(),
                flow.baseline() == Baseline.SILENCE,
                flow.maxNewTicketsPerRun(),
                flow.maxNewTicketsPerHour(),
                flow.source() == SourceKind.WORKLOAD_PROTECTION,
                flow.resolveWhenFixed() && !flow.syncBack());
    }
}
