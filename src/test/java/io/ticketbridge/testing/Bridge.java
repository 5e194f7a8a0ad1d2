package io.ticketbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.engine.Plan;
import io.ticketbridge.engine.Planning;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.account.Accounts;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ledger.run.Breakers;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.sandbox.scc.SccOptions;
import io.ticketbridge.sandbox.scc.SccSimulator;
import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionOptions;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionSimulator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Ticketbridge with its real routes between a simulated Vision One without cases and a simulated ServiceNow: flow
 * {@code cases} polls, flow {@code compliance} takes files, grouped by control. It starts when it is first used. Every run is
 * checked to add up (P5), and every correlation id to be there once (P15).
 */
public final class Bridge implements Incidents, LedgerView, AutoCloseable {
    public static final String CASES = "cases";
    public static final String COMPLIANCE = "compliance";
    public static final String SCC = "scc";
    public static final String POSTURE = "posture";
    public static final String WORKLOADS = "workloads";
    /** By how much {@link #withShortWaits} shortens what is waited at a source. */
    public static final int SHORTENED = 200;

    private static final Path SHIPPED = Path.of("routes");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ForwardClock clock;
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final VisionOneSimulator visionOne;
    private final ServiceNowSimulator serviceNow;
    private SccSimulator scc;
    private WorkloadProtectionSimulator workloads;
    private Path routes = SHIPPED;
    private boolean isOwnRoutes;
    private Engine engine;
    private boolean scheduled;
    private boolean faultsMayWait;
    private long lastRun;

    private Bridge(Path folder, Ledger ledger, ServiceNowSimulator.Options options, ForwardClock clock) {
        this.folder = folder;
        this.clock = clock;
        this.visionOne = VisionOneSimulator.start(
                Options.defaults().withCases(0).withResources(0).withClock(clock));
        this.serviceNow = ServiceNowSimulator.start(options);
        Credentials credentials = serviceNow.credentials();
        settings.putAll(ledger.settings(folder));
        with("vision-one.url", visionOne.url());
        with("vision-one.token", visionOne.token());
        with("vision-one.request-timeout", "2s");
        with("http.management-port", "0");
        with("http.port", "0");
        with("servicenow.url", serviceNow.url());
        with("servicenow.client-id", credentials.clientId());
        with("servicenow.client-secret", credentials.clientSecret());
        with("servicenow.connect-timeout", "1s");
        with("servicenow.request-timeout", "2s");
        with("flow.cases.source", "vision-one-cases");
        with("flow.cases.profile", "tickets");
        with("flow.compliance.source", "files");
        with("flow.compliance.group-by", "control");
        with("flow.compliance.profile", "tickets");
        with("profile.tickets.table", "incident");
    }

    public static Bridge in(Path folder) {
        return in(folder, Ledger.H2);
    }

    public static Bridge in(Path folder, Ledger ledger) {
        ForwardClock clock = new ForwardClock();
        return new Bridge(folder, ledger, ServiceNowSimulator.Options.defaults().withClock(clock), clock);
    }

    public static Bridge in(Path folder, ServiceNowSimulator.Options options) {
        return new Bridge(folder, Ledger.H2, options, new ForwardClock());
    }

    /** Sets a setting, named without {@code ticketbridge.}; a null takes it away. */
    public Bridge with(String key, String value) {
        if (value == null) {
            settings.remove("ticketbridge." + key);
        } else {
            settings.put("ticketbridge." + key, value);
        }
        return this;
    }

    /** Sets a setting of any name, as the properties file has it. */
    public Bridge withProperty(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Takes the route files of another folder; what that does not have comes from the class path. */
    public Bridge withRoutes(Path other) {
        routes = other;
        isOwnRoutes = true;
        return this;
    }

    /** Starts a simulated SCC with about so many resources a scope, and polls it as flow {@code scc}, by control. */
    public Bridge withScc(int resources) {
        scc = SccSimulator.start(SccOptions.defaults().withResources(resources).withClock(clock));
        return with("scc.url", scc.baseUrl())
                .with("scc.iam-url", scc.tokenUrl())
                .with("scc.api-key", scc.apiKey())
                .with("flow.scc.source", "scc")
                .with("flow.scc.group-by", "control")
                .with("flow.scc.profile", "tickets");
    }

    /** Polls the Cloud Posture of the simulated Vision One as flow {@code posture}, by control; it has no account yet. */
    public Bridge withPosture() {
        return with("flow.posture.source", "cloud-posture")
                .with("flow.posture.group-by", "control")
                .with("flow.posture.profile", "tickets");
    }

    /** Starts a simulated Workload Protection, some 400 resources at scale 1, and polls it as flow {@code workloads}, by control. */
    public Bridge withWorkloads(double scale) {
        workloads = WorkloadProtectionSimulator.start(
                WorkloadProtectionOptions.defaults().withScale(scale).withClock(clock));
        return with("workload-protection.url", workloads.url())
                .with("workload-protection.iam-url", workloads.tokenUrl())
                .with("workload-protection.api-key", workloads.apiKey())
                .with("workload-protection.instance-id", workloads.instanceId())
                .with("flow.workloads.source", "workload-protection")
                .with("flow.workloads.group-by", "control")
                .with("flow.workloads.profile", "tickets");
    }

    /** So much time passes, for ticketbridge and for the simulators. */
    public Bridge later(Duration by) {
        clock.advance(by);
        return this;
    }

    /** Repeats what failed at a source after milliseconds instead of seconds; nothing else about the routes changes. */
    public Bridge withShortWaits() {
        assertThat(isOwnRoutes)
                .as("routes of one's own, which this would replace")
                .isFalse();
        try (var files = Files.list(SHIPPED)) {
            routes = Files.createDirectories(folder.resolve("routes"));
            for (Path file : files.toList()) {
                Files.writeString(
                        routes.resolve(file.getFileName()),
                        Files.readString(file)
                                .replace("redeliveryDelay: \"1000\"", "redeliveryDelay: \"" + 1000 / SHORTENED + "\""));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One pass of the cases; waits until nothing is owed. */
    public Pass poll() {
        return doing(() -> engine().pass(CASES));
    }

    /** One pass of each flow that polls, as {@code run --once} makes it; waits until nothing is owed. */
    public Pass passes() {
        return doing(() -> current().flows().values().stream()
                .filter(Engine::isPolled)
                .forEach(flow -> engine().pass(flow.name())));
    }

    /** What such passes would do. */
    public Plan plan() {
        return new Planning(current(), routes, clock).ofPass();
    }

    private Settings current() {
        return Settings.load(Sources.only(settings));
    }

    /** Compares both sides of all open pairs; what differs is looked at with the next pass. */
    public void reconcile() {
        call("reconcile-" + CASES);
    }

    /** One pass of SCC; waits until nothing is owed. */
    public Pass pollScc() {
        return doing(() -> engine().pass(SCC));
    }

    /** One pass of Cloud Posture; waits until nothing is owed. */
    public Pass pollPosture() {
        return doing(() -> engine().pass(POSTURE));
    }

    /** One pass of Workload Protection; waits until nothing is owed. */
    public Pass pollWorkloads() {
        return doing(() -> engine().pass(WORKLOADS));
    }

    /** Imports files, each as one scan; waits until nothing is owed. */
    public Pass importFile(Path... files) {
        return importTo(COMPLIANCE, files);
    }

    /** The same for another flow. */
    public Pass importTo(String flow, Path... files) {
        return doing(() -> engine().importFiles(
                        flow, Arrays.stream(files).map(Path::toFile).toList()));
    }

    public Pass importFile(File file) {
        return importFile(file.toPath());
    }

    /** Lets go what the breakers hold, and waits until it is delivered. */
    public Pass release() {
        return doing(() -> new Breakers(engine().database(), clock).release(null));
    }

    private Pass doing(Runnable work) {
        Optional<String> failure = Optional.empty();
        try {
            work.run();
        } catch (Failed e) {
            failure = Optional.of(e.getMessage());
        }
        settle();
        List<String> failures = new ArrayList<>(new LedgerReport(engine.database()).failed(newRuns()));
        failure.ifPresent(failures::add);
        return new Pass(
                newAccounts(), failures.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", failures)));
    }

    /** Those that began since the last look. */
    private Set<Long> newRuns() {
        return new HashSet<>(engine.database()
                .client()
                .sql("select id from run where id > :last")
                .param("last", lastRun)
                .query(Long.class)
                .list());
    }

    private void settle() {
        try {
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(10)).until(engine().owing()::isSettled);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "something is still owed; the runs: "
                            + engine.database()
                                    .client()
                                    .sql("select id, flow, state, error from run order by id")
                                    .query()
                                    .listOfRows(),
                    e);
        }
    }

    /** Those that are closed now, and of failed runs, which have none that is kept, as things stand. */
    private List<Account> newAccounts() {
        List<Account> accounts = new ArrayList<>(engine.closeAccounts());
        Accounts asThingsStand = new Accounts(engine.database(), RunListener.NONE, clock);
        engine.database()
                .client()
                .sql("select id from run where id > :last and state <> 'done' order by id")
                .param("last", lastRun)
                .query(Long.class)
                .list()
                .forEach(run -> accounts.add(asThingsStand.of(run)));
        assertThat(accounts).allSatisfy(account -> assertThat(account.addsUp())
                .as("the account adds up: %s", account)
                .isTrue());
        assertThat(tickets()).extracting(ticket -> ticket.get("correlation_id")).doesNotHaveDuplicates();
        lastRun = accounts.stream().mapToLong(Account::run).max().orElse(lastRun);
        return accounts;
    }

    @Override
    public Engine engine() {
        if (engine == null) {
            engine = start();
        }
        return engine;
    }

    /** A second replica on the same ledger; to be closed by the caller. */
    public Engine another() {
        return Engine.start(used(current()), new Engine.Options(routes, false, false, clock));
    }

    /** Another ticketbridge on the same ledger, which must be PostgreSQL; whoever asks for it closes it. */
    public Engine replica() {
        engine();
        return start();
    }

    /** Polls by itself, as {@code run} does, and serves what {@code run} serves. */
    public Bridge scheduled() {
        scheduled = true;
        return this;
    }

    private Engine start() {
        Ledger.prepare(settings);
        return Engine.start(used(current()), new Engine.Options(routes, scheduled, false, clock));
    }

    /** What is set of a profile that nobody uses would change nothing, whatever the test claims. */
    private Settings used(Settings current) {
        if (!isOwnRoutes) {
            assertThat(current.profiles().keySet())
                    .as("profiles, of which a flow names each; a route of one's own may choose another")
                    .isSubsetOf(current.flows().values().stream()
                            .map(FlowSettings::profile)
                            .toList());
        }
        return current;
    }

    /** Ends ticketbridge; what is used next starts it again on the same ledger, with the settings as they are then. */
    public Bridge restart() {
        stop();
        return this;
    }

    /** Ends ticketbridge and loses its ledger; ServiceNow keeps what it has. */
    public Bridge withLedgerLost(Ledger ledger) {
        stop();
        lastRun = 0;
        settings.putAll(ledger.settings(folder.resolve("fresh")));
        return this;
    }

    /** Ends ticketbridge and makes a back-up of its ledger. @return what ends it again and goes on with the back-up */
    public Runnable backedUp(Ledger ledger) {
        stop();
        Map<String, String> copy = ledger.copy(settings, folder.resolve("back-up"));
        return () -> {
            stop();
            lastRun = 0;
            settings.putAll(copy);
        };
    }

    /** Ends ticketbridge and names another database for its ledger; what is there now is not looked at. */
    public Bridge movedTo(Ledger ledger) {
        stop();
        settings.putAll(ledger.settings(folder.resolve("new")));
        return this;
    }

    /** What a query of one number says of the ledger, without starting ticketbridge, which would take part in what other processes do. */
    public long countBeside(String sql) {
        try (LedgerDatabase database =
                LedgerDatabase.open(Settings.load(Sources.only(settings)).database())) {
            return database.client().sql(sql).query(Long.class).single();
        }
    }

    /** Calls a route that is no flow's, and does not wait for what others make of it. */
    public void call(String route) {
        var exchange = engine().context().createProducerTemplate().send("direct:" + route, sent -> {});
        assertThat(exchange.getException()).isNull();
    }

    private void stop() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    /** By whole name. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Writes the settings as {@code application.properties} and names the folder, for {@code --config}. */
    public Path config() {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) -> text.append(key)
                .append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n'));
        try {
            Path config = Files.createDirectories(folder.resolve("config"));
            Files.writeString(config.resolve("application.properties"), text);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the schedule does about breakers every minute; waits until nothing is owed. */
    public Pass watchBreakers() {
        return doing(() -> {
            engine().context()
                    .getRegistry()
                    .lookupByNameAndType("runs", Runs.class)
                    .drainHours();
        });
    }

    /** Forgets the requests seen so far. */
    public Bridge listen() {
        serviceNow.requests().clear();
        visionOne.requests().clear();
        return this;
    }

    /** The writes that ServiceNow saw since {@link #listen}. */
    public long writes() {
        return serviceNow.requests().writes();
    }

    public VisionOneSimulator visionOne() {
        return visionOne;
    }

    public SccSimulator scc() {
        return scc;
    }

    public WorkloadProtectionSimulator workloads() {
        return workloads;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public ServiceNowSimulator serviceNow() {
        return serviceNow;
    }

    public Path folder() {
        return folder;
    }

    /** A fault that no request meets is meant: it shows that nothing was asked. */
    public Bridge faultsMayWait() {
        faultsMayWait = true;
        return this;
    }

    @Override
    public void close() {
        stop();
        visionOne.close();
        serviceNow.close();
        Map<String, List<String>> unused = new LinkedHashMap<>();
        unused.put("ServiceNow", serviceNow.faults().unused());
        unused.put("Vision One", visionOne.faults().unused());
        if (scc != null) {
            scc.close();
            unused.put("SCC", scc.faults().unused());
        }
        if (workloads != null) {
            workloads.close();
            unused.put("Workload Protection", workloads.faults().unused());
        }
        if (!faultsMayWait) {
            assertThat(unused)
                    .as("faults that no request has met: what is claimed of them is not shown")
                    .allSatisfy((system, faults) -> assertThat(faults).isEmpty());
        }
    }
}
