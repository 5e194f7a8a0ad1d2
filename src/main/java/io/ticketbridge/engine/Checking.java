package io.ticketbridge.engine;

import io.ticketbridge.check.ApiChecks;
import io.ticketbridge.check.CloudPostureChecks;
import io.ticketbridge.check.IbmChecks;
import io.ticketbridge.check.InstanceReach;
import io.ticketbridge.check.SourceChecks;
import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.deliver.PlannedWrites;
import io.ticketbridge.deliver.instance.InstanceChecks;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.kafka.BrokerChecks;
import io.ticketbridge.ledger.database.LedgerFolder;
import io.ticketbridge.ledger.move.LedgerCheck;
import io.ticketbridge.source.api.ApiProbe;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Checks everything that a run needs, and names every problem at once (P30). Calls to ServiceNow take the same way as those of
 * a run. Nothing is written to any system.
 */
public final class Checking {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** Each flow brings routes that are to start, and a system that is to answer. */
    private static final Duration MORE_PER_FLOW = Duration.ofSeconds(10);

    private final Settings settings;
    private final Path routes;
    private final Clock clock;

    public Checking(Settings settings, Path routes, Clock clock) {
        this.settings = settings;
        this.routes = routes;
        this.clock = clock;
    }

    /** @return what was found, in the order of settings, routes, ledger, ServiceNow, sources */
    public List<Checked> check() {
        Map<String, Callable<List<Checked>>> checks = new LinkedHashMap<>();
        try (TemporaryFolder temporary = TemporaryFolder.make("ticketbridge-check")) {
            Path folder = temporary.path();
            checks.put("ledger", this::ledger);
            checks.put("servicenow", () -> engineChecks(Files.createDirectory(folder.resolve("empty"))));
            sourceChecks(checks);
            if (settings.kafka().isOn()) {
                checks.put("kafka", () -> new BrokerChecks(Networks.brokers(settings.kafka())).all());
            }
            List<Checked> found = new ArrayList<>();
            EnabledFlows.fault(settings).ifPresent(found::add);
            PollRequests.fault(settings, clock.instant()).ifPresent(found::add);
            ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
                Thread thread = new Thread(task, "check");
                thread.setDaemon(true);
                return thread;
            });
            try {
                Map<String, Future<List<Checked>>> running = new LinkedHashMap<>();
                checks.forEach((system, check) -> running.put(system, threads.submit(check)));
                Duration longest = longest(enabled().size());
                running.forEach((system, answer) -> found.addAll(outcome(system, answer, longest)));
                if (found.stream().noneMatch(Checking::isBadSetting)) {
                    found.add(0, Checked.ok("settings", "settings", "every setting is known and fits"));
                }
            } finally {
                threads.shutdownNow();
            }
            return found;
        }
    }

    private static boolean isBadSetting(Checked each) {
        return each.verdict() == Checked.Verdict.PROBLEM && each.system().equals("settings");
    }

    /** How long one system's part may take. */
    static Duration longest(int flows) {
        return LONGEST.plus(MORE_PER_FLOW.multipliedBy(flows));
    }

    private static List<Checked> outcome(String system, Future<List<Checked>> answer, Duration longest) {
        try {
            return answer.get(longest.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(Checked.problem(
                    system,
                    "answer",
                    "it did not come to an end within " + longest.toMinutes() + " minutes",
                    "try again"));
        } catch (ExecutionException e) {
            return List.of(Checked.problem(
                    system, "answer", "it could not be checked: " + e.getCause().getMessage(), "please report this"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("Interrupted; a check leaves nothing behind");
        }
    }

    /** The routes, and through them ServiceNow: on a ledger that is empty and thrown away. */
    private List<Checked> engineChecks(Path empty) throws IOException {
        List<Checked> found = new ArrayList<>();
        var ledger = new DatabaseSettings(
                "jdbc:h2:file:" + empty.resolve("ledger").toAbsolutePath(), "", io.ticketbridge.config.Secret.NONE, 4);
        Engine.Options options = new Engine.Options(routes, false, false, clock);
        List<String> problems = new ArrayList<>();
        Rehearsal rehearsal = new Rehearsal(new PlannedWrites(clock), null, problems);
        try (Engine engine = Engine.planning(settings.forPlan(ledger), options, rehearsal)) {
            List<Checked> serviceNow = serviceNow(engine);
            found.addAll(routes(engine));
            found.addAll(serviceNow);
        } catch (CannotStart e) {
            e.getMessage().lines().forEach(problems::add);
            found.add(Checked.unchecked(
                    "servicenow",
                    "reachable",
                    "it was not asked: nothing starts with the problems above",
                    "mend them and check again"));
        }
        found.addAll(0, problems.stream().map(Checking::ofStart).toList());
        return found;
    }

    private static Checked ofStart(String problem) {
        return Checked.problem(
                problem.startsWith("ticketbridge.")
                        ? "settings"
                        : problem.startsWith("mapping ") ? "mappings" : "routes",
                "start",
                problem,
                "");
    }

    /** Last: what writes is in effect then. */
    private List<Checked> routes(Engine engine) {
        List<Checked> problems = new ArrayList<>(RouteCheck.rules(routes));
        RouteFiles files = new RouteFiles(routes);
        engine.faultsOfReplaced(files).stream()
                .map(fault -> Checked.problem("routes", "routes", fault, ""))
                .filter(problem -> !problems.contains(problem))
                .forEach(problems::add);
        return problems.isEmpty()
                ? List.of(Checked.ok(
                        "routes",
                        "routes",
                        "every route file parses, and its routes start" + RouteCheck.ownAmong(files, files.read())))
                : problems;
    }

    private List<Checked> ledger() {
        List<Checked> found = new ArrayList<>(List.of(LedgerCheck.of(settings.database())));
        LedgerFolder.check(settings.database()).ifPresent(found::add);
        OneInstance.check(settings).ifPresent(found::add);
        return found;
    }

    private List<Checked> serviceNow(Engine engine) {
        List<Checked> found = new ArrayList<>();
        List<ProfileSettings> profiles = settings.profilesInUse();
        Set<String> tables =
                profiles.stream().map(ProfileSettings::table).collect(Collectors.toCollection(LinkedHashSet::new));
        if (settings.serviceNow().url() == null) {
            return found;
        }
        found.addAll(new InstanceReach(settings.serviceNow().network(), clock)
                .of(settings.serviceNow().url()));
        if (found.stream().anyMatch(each -> each.verdict() == Checked.Verdict.PROBLEM)) {
            return found;
        }
        Set<String> usable = new LinkedHashSet<>();
        for (String table : tables) {
            String failure = engine.probeFailure(table).orElse(null);
            if (failure == null) {
                usable.add(table);
                found.add(Checked.ok("servicenow", "probe of " + table, "signed in, and a query finds what it should"));
            } else {
                found.add(Checked.problem("servicenow", "probe of " + table, failure, cure(table, failure)));
                found.add(Checked.unchecked(
                        "servicenow",
                        "columns of " + table,
                        "they were not asked for: the table can't be used",
                        "mend that and check again"));
            }
        }
        if (!usable.isEmpty()) {
            found.addAll(usable(
                    engine,
                    usable,
                    profiles.stream()
                            .filter(profile -> usable.contains(profile.table()))
                            .toList()));
        }
        return found;
    }

    private List<Checked> usable(Engine engine, Set<String> tables, List<ProfileSettings> profiles) {
        List<Checked> found = new ArrayList<>();
        InstanceChecks instance = new InstanceChecks(settings.serviceNow(), engine::ask);
        found.addAll(instance.user(tables));
        tables.forEach(table -> found.add(instance.sight(table)));
        found.addAll(instance.people(profiles));
        profiles.forEach(profile -> found.addAll(instance.profile(profile, writing(profile))));
        try {
            SyncGaps gaps = engine.mapGaps(profiles);
            gaps.errors().forEach(gap -> found.add(Checked.problem("servicenow", "maps", gap, "")));
            gaps.warnings().forEach(gap -> found.add(Checked.warning("servicenow", "maps", gap, "")));
        } catch (Failed e) {
            found.add(Checked.unchecked("servicenow", "maps", e.getMessage(), "check again"));
        }
        return found;
    }

    /** Of a table that is not there: the settings that name it. */
    private String cure(String table, String failure) {
        return failure.contains("Invalid table")
                ? settings.profilesInUse().stream()
                        .filter(profile -> profile.table().equals(table))
                        .map(profile -> "ticketbridge.profile." + profile.name() + ".table")
                        .collect(Collectors.joining(" and ", "correct ", ""))
                : "";
    }

    /** The flows of a profile. One that no flow names may be chosen by a route for any flow that is not kept in step. */
    private List<FlowSettings> writing(ProfileSettings profile) {
        boolean isNamed = settings.flows().values().stream()
                .anyMatch(flow -> flow.profile().equals(profile.name()));
        return enabled().stream()
                .filter(flow -> isNamed ? flow.profile().equals(profile.name()) : !flow.syncBack())
                .toList();
    }

    private List<FlowSettings> enabled() {
        return settings.flows().values().stream().filter(FlowSettings::enabled).collect(Collectors.toList());
    }

    private List<Checked> api(FlowSettings flow) {
        ApiSettings api = settings.api().get(flow.instance());
        Masking masking = new Masking(settings);
        return ApiProbe.of(api, flow)
                .map(probe -> new ApiChecks(clock).of(api, flow.name(), new ApiChecks.Question() {
                    @Override
                    public Optional<HttpRequest.Builder> tokenRequest() {
                        return probe.tokenRequest();
                    }

                    @Override
                    public String token(String answer) {
                        return probe.token(answer);
                    }

                    @Override
                    public HttpRequest.Builder firstPage(String token) {
                        return probe.firstPage(token);
                    }

                    @Override
                    public String holds(String answer) {
                        return probe.firstPageHolds(answer);
                    }

                    @Override
                    public String refusal(int status, String body, boolean ofToken) {
                        // An API may say in its answer what it was asked with.
                        return masking.masked(probe.refusal(status, body, ofToken));
                    }

                    @Override
                    public Optional<String> doubt() {
                        return probe.doubt();
                    }
                }))
                .orElseGet(List::of);
    }

    private void sourceChecks(Map<String, Callable<List<Checked>>> checks) {
        SourceChecks sources = new SourceChecks(clock);
        IbmChecks ibm = new IbmChecks(clock);
        for (FlowSettings flow : enabled()) {
            switch (flow.source()) {
                case VISION_ONE_CASES, VISION_ONE_ALERTS ->
                    checks.put(
                            "vision-one of " + flow.name(),
                            () -> sources.visionOne(
                                    settings.visionOne().get(flow.instance()),
                                    flow.source() == SourceKind.VISION_ONE_CASES
                                            ? "/v3.0/caseManagement/cases?top=50"
                                            : "/v3.0/workbench/alerts",
                                    flow));
                case CLOUD_POSTURE ->
                    checks.put("vision-one of " + flow.name(), () -> new CloudPostureChecks(clock)
                            .of(settings.visionOne().get(flow.instance()), flow));
                case SCC ->
                    checks.put(
                            "scc " + flow.instance(),
                            () -> ibm.scc(settings.scc().get(flow.instance())));
                case WORKLOAD_PROTECTION ->
                    checks.put(
                            "workload-protection " + flow.instance() + " " + flow.sourceFilter(),
                            () -> ibm.workloadProtection(
                                    settings.workloadProtection().get(flow.instance()), flow.sourceFilter()));
                case FILES ->
                    flow.folder()
                            .ifPresent(
                                    folder -> checks.put("files " + flow.name(), () -> sources.folder(flow, folder)));
                case API -> checks.put("api " + flow.name(), () -> api(flow));
                default -> {}
            }
        }
    }
}
