package io.ticketbridge.engine;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.PlannedWrites;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.OpenLetters;
import io.ticketbridge.ledger.move.LedgerCopy;
import io.ticketbridge.ledger.move.LedgerMove;
import io.ticketbridge.ledger.report.HeldList;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ticket.Planned;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.MDC;

/**
 * Makes a plan: a full pass of each flow through the very same routes and policy, on a copy of the ledger that is thrown away,
 * with a stand-in where the routes would write (P29). Sources and ServiceNow are read as they are; nothing is written anywhere.
 */
public final class Planning {
    /** What does not get on for so long is not planned: ServiceNow does not answer, say. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final List<String> KINDS = List.of("opened", "reopened", "updated", "resolved", "told", "held");
    private static final int MOST_HELD = 100_000;

    private final Settings settings;
    private final Path routes;
    private final Clock clock;
    private final List<String> failures = new ArrayList<>();
    private FindingTrace trace;
    private Function<Engine, AutoCloseable> watcher = engine -> () -> {};
    private LedgerMove.Listener copying = (what, table, rows, of) -> {};

    public Planning(Settings settings, Path routes, Clock clock) {
        this.settings = settings;
        this.routes = routes;
        this.clock = clock;
    }

    /** @param watcher shows how the planning gets on, from when it is called until what it answers is closed */
    public Planning watchedBy(Function<Engine, AutoCloseable> watcher) {
        this.watcher = watcher;
        return this;
    }

    /** @param listener hears how far the copy of the ledger is, before anything is read */
    public Planning copiedBefore(LedgerMove.Listener listener) {
        copying = listener;
        return this;
    }

    /** Asks nobody: on a fresh ledger, as if ServiceNow had no record, and with what became of each finding. */
    public Planning offline() {
        trace = new FindingTrace();
        return this;
    }

    /** What {@code run --once} would do. */
    public Plan ofPass() {
        return plan(settings::delivers, engine -> settings.flows().values().stream()
                .filter(Engine::isPolled)
                .forEach(flow -> tried(() -> engine.pass(flow.name()))));
    }

    /** What {@code import} of the files would do. */
    public Plan ofImport(String flow, List<File> files, boolean arePart) {
        return plan(flow::equals, engine -> tried(() -> engine.importFiles(flow, files, arePart)));
    }

    private interface Passes {
        void run(Engine engine);
    }

    /** @param planned which flows it is about: of others nothing is done about what they hold */
    private Plan plan(Predicate<String> planned, Passes passes) {
        try (TemporaryFolder temporary = TemporaryFolder.make("ticketbridge-plan");
                MDC.MDCCloseable plan = Trail.plan()) {
            Path folder = temporary.path();
            DatabaseSettings copy =
                    trace == null ? LedgerCopy.of(settings.database(), folder, copying) : LedgerCopy.empty(folder);
            PlannedWrites writes = new PlannedWrites(clock);
            Engine.Options options = new Engine.Options(routes, false, false, clock);
            try (Engine engine = Engine.planning(settings.forPlan(copy), options, new Rehearsal(writes, trace))) {
                long lastLetter = new OpenLetters(engine.database()).newest();
                tried(engine::probe);
                if (failures.isEmpty()) {
                    try (AutoCloseable watched = watcher.apply(engine)) {
                        passes.run(engine);
                        settle(engine);
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
                return drawn(engine, planned, writes, lastLetter);
            }
        }
    }

    private Plan drawn(Engine engine, Predicate<String> ours, PlannedWrites writes, long lastLetter) {
        // A file or an account that can't be read does not end the pass: its run says so.
        List<String> failures = new ArrayList<>(
                new LedgerReport(engine.database()).failures(Set.copyOf(engine.begunRuns()), this.failures));
        List<Account> accounts = engine.closeAccounts();
        List<Planned> planned = new ArrayList<>(writes.planned());
        new HeldList(engine.database())
                .groups(null, MOST_HELD).rows().stream()
                        .filter(held -> ours.test(held.flow()))
                        .forEach(held -> planned.add(held(held)));
        planned.sort(Comparator.comparing(Planned::flow)
                .thenComparing(each -> KINDS.indexOf(each.kind()))
                .thenComparing(
                        each -> Severity.valueOf(each.severity().toUpperCase(Locale.ROOT)), Comparator.reverseOrder())
                .thenComparing(Planned::number)
                .thenComparing(Planned::title)
                .thenComparing(each -> each.group().toString()));
        new OpenLetters(engine.database())
                .of(DeadLetters.Choice.ALL, lastLetter, 1000)
                .forEach(letter -> failures.add("Flow " + letter.flow() + " would get a dead letter (" + letter.kind()
                        + "): " + letter.error()));
        return new Plan(
                clock.instant(),
                planned,
                accounts,
                failures,
                new RequestBudget(engine.database(), settings.serviceNow().requestsPerHour(), ours, clock)
                        .backlogOf(writes.requests()),
                trace == null ? List.of() : trace.read());
    }

    private Planned held(HeldList.Row held) {
        String profile = settings.flows().get(held.flow()).profile();
        return new Planned(
                held.id(),
                held.flow(),
                profile,
                settings.profiles().get(profile).table(),
                "held",
                "",
                held.title(),
                held.severity(),
                held.reason(),
                List.of());
    }

    /** Waits for the deliveries of the copy; one that fails again and again is left. */
    private void settle(Engine engine) {
        long owed = Long.MAX_VALUE;
        long patience = 0;
        while (!engine.owing().isSettled()) {
            long now = engine.owing().groups();
            patience = now < owed ? 0 : patience + 1;
            owed = Math.min(owed, now);
            if (LOOK_EVERY.multipliedBy(patience).compareTo(PATIENCE) > 0) {
                failures.add(now
                        + " tickets can't be planned: the calls that they need fail, or a step of a route holds them back. See the messages"
                        + " above");
                return;
            }
            pause();
        }
    }

    private void tried(Runnable what) {
        try {
            what.run();
        } catch (Failed e) {
            failures.add(e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("Interrupted; a plan leaves nothing behind");
        }
    }
}
