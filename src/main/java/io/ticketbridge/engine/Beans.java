package io.ticketbridge.engine;

import io.ticketbridge.aggregate.GroupChangeStrategy;
import io.ticketbridge.aggregate.Grouping;
import io.ticketbridge.aggregate.Groupings;
import io.ticketbridge.aggregate.KeyOfGroup;
import io.ticketbridge.aggregate.MembershipsOfFinding;
import io.ticketbridge.config.Baseline;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.dedupe.FlowFilters;
import io.ticketbridge.dedupe.KeyOfFinding;
import io.ticketbridge.deliver.Attachments;
import io.ticketbridge.deliver.Caller;
import io.ticketbridge.deliver.CallsAtOnce;
import io.ticketbridge.deliver.ChangedTickets;
import io.ticketbridge.deliver.Circuits;
import io.ticketbridge.deliver.Deliveries;
import io.ticketbridge.deliver.Dictionaries;
import io.ticketbridge.deliver.Drafts;
import io.ticketbridge.deliver.Failures;
import io.ticketbridge.deliver.InstanceProbe;
import io.ticketbridge.deliver.Lifecycle;
import io.ticketbridge.deliver.LookUps;
import io.ticketbridge.deliver.Notices;
import io.ticketbridge.deliver.Questions;
import io.ticketbridge.deliver.RefusedFiles;
import io.ticketbridge.deliver.ServiceNowCalls;
import io.ticketbridge.deliver.Sweep;
import io.ticketbridge.deliver.Templates;
import io.ticketbridge.deliver.TicketReader;
import io.ticketbridge.deliver.TicketStates;
import io.ticketbridge.deliver.WorkNotes;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.kafka.Brokers;
import io.ticketbridge.kafka.FindingsTopic;
import io.ticketbridge.kafka.PublishedFindings;
import io.ticketbridge.kafka.TakenFindings;
import io.ticketbridge.ledger.Absences;
import io.ticketbridge.ledger.Accounts;
import io.ticketbridge.ledger.ArrivingPages;
import io.ticketbridge.ledger.Barrier;
import io.ticketbridge.ledger.DeadLetters;
import io.ticketbridge.ledger.DeadRecords;
import io.ticketbridge.ledger.FilesRead;
import io.ticketbridge.ledger.FlowFacts;
import io.ticketbridge.ledger.FormerRecipe;
import io.ticketbridge.ledger.GroupFindings;
import io.ticketbridge.ledger.Groups;
import io.ticketbridge.ledger.HeldGroups;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Intakes;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.LedgerDatabase;
import io.ticketbridge.ledger.OpenTickets;
import io.ticketbridge.ledger.PageWriter;
import io.ticketbridge.ledger.Pages;
import io.ticketbridge.ledger.Pairs;
import io.ticketbridge.ledger.PendingGroups;
import io.ticketbridge.ledger.Reconciliation;
import io.ticketbridge.ledger.Regroupings;
import io.ticketbridge.ledger.Replays;
import io.ticketbridge.ledger.RequestBudget;
import io.ticketbridge.ledger.Retention;
import io.ticketbridge.ledger.Room;
import io.ticketbridge.ledger.RunListener;
import io.ticketbridge.ledger.Runs;
import io.ticketbridge.ledger.Scans;
import io.ticketbridge.ledger.SeenFindings;
import io.ticketbridge.ledger.SourceWrites;
import io.ticketbridge.ledger.Storms;
import io.ticketbridge.ledger.StrayRecords;
import io.ticketbridge.ledger.Tickets;
import io.ticketbridge.ledger.WaitingIntakes;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.observe.Meters;
import io.ticketbridge.policy.FlowPolicy;
import io.ticketbridge.source.IamTokens;
import io.ticketbridge.source.PageReader;
import io.ticketbridge.source.ReadAhead;
import io.ticketbridge.source.SourceFaults;
import io.ticketbridge.source.api.ApiTokens;
import io.ticketbridge.source.api.Apis;
import io.ticketbridge.source.api.Mappings;
import io.ticketbridge.source.files.FindingsFiles;
import io.ticketbridge.source.http.HttpIntake;
import io.ticketbridge.source.http.IntakeServer;
import io.ticketbridge.source.scc.SccReports;
import io.ticketbridge.source.visionone.CloudPosture;
import io.ticketbridge.source.visionone.VisionOne;
import io.ticketbridge.source.workloadprotection.WorkloadProtection;
import io.ticketbridge.sync.TicketSync;
import io.ticketbridge.sync.VisionOneAnswers;
import io.ticketbridge.sync.VisionOneCalls;
import io.ticketbridge.ticket.Membership;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** Everything that routes call by name; docs/writing-routes.md names what a step of your own may call. */
final class Beans {
    /** All that a route may name; {@code RouteBeansTest} holds that they are there. */
    static final Set<String> NAMES = Set.of(
            ("apis apiTokens attachments callsAtOnce changedTickets cloudPosture collected console consoleHeaders"
                            + " deadRecords deliveries deliveryThreads drafts failures findingsFiles flowFilters groupChanges"
                            + " groupings httpIntake iamTokens instanceProbe intakeServer kafkaClients keyOfFinding keyOfGroup lastEnds ledger lookUps"
                            + " membershipsOfFinding network notices onlyReadable pageReader passNow pendingGroups plannedWrites"
                            + " policy publishedFindings readAhead reconciliation refusedFiles replays requestBudget retention runs scans sccReports"
                            + " seenFindings serviceNowAnswer serviceNowCalls serviceNowFaults serviceNowHeaders serviceNowHttp"
                            + " sourceFaults storms sweep takenFindings takenFindingsFailed"
                            + " ticketReader ticketStates ticketSync visionOne visionOneAnswers"
                            + " visionOneCalls waitingIntakes workloadProtection")
                    .split(" "));

    final Groups groups;
    final Runs runs;
    final Accounts accounts;
    final DeadLetters deadLetters;
    final DeadRecords deadRecords;
    final RequestBudget budget;
    final Storms storms;
    final Regroupings regroupings;
    final Drafts drafts;
    final Circuits circuits;
    final FindingsFiles findingsFiles;
    final WaitingIntakes waitingIntakes;
    final PassNow passNow;
    final LastEnds lastEnds;

    /**
     * @param clock the one that replicas share
     * @param own this machine's
     */
    Beans(
            Settings settings,
            LedgerDatabase database,
            CamelContext context,
            Meters meters,
            Rehearsal planned,
            Shortcut shortcut,
            String owner,
            boolean scheduled,
            Clock clock,
            Clock own) {
        Registry registry = context.getRegistry();
        ServiceNowSettings serviceNow = settings.serviceNow();
        Masking masking = new Masking(settings);
        Groupings groupings = new Groupings(settings);
        Tickets tickets = new Tickets(database, clock);
        Watermarks watermarks = new Watermarks(database, clock);
        GroupFindings findings = new GroupFindings(database);
        circuits = new Circuits(clock);
        Templates templates = new Templates(context);
        Pages pages = new Pages(
                database,
                new PageWriter(database, clock),
                FormerRecipe.SHIPPED,
                (finding, flow) -> groupings.memberships(finding, flow).stream()
                        .map(Membership::group)
                        .toList());
        accounts = new Accounts(database, meters, clock);
        runs = new Runs(database, accounts, new Absences(database, clock), flow -> facts(settings, flow), clock);
        deadLetters = new DeadLetters(database, clock, masking::masked);
        storms = new Storms(database, settings.flows().keySet(), wantStorms(settings), clock);
        regroupings = new Regroupings(
                database,
                settings.flows().values().stream()
                        .collect(Collectors.toMap(FlowSettings::name, flow -> facts(settings, flow.name()))));
        budget = new RequestBudget(database, serviceNow.requestsPerHour(), clock);
        // A plan sends nothing that there had to be room for.
        Supplier<Room> room = planned == null ? budget : () -> Room.UNLIMITED;
        groups = new Groups(
                database, tickets, clock, owner, longestCall(settings).plus(Groups.MARGIN), room);
        Pairs pairs = new Pairs(database, clock);
        OpenTickets openTickets = new OpenTickets(database, clock);

        boolean offline = planned != null && planned.isOffline();
        RunListener listener = offline ? planned.trace() : meters;
        registry.bind("ledger", database.dataSource());
        registry.bind("runs", runs);
        registry.bind("storms", storms);
        lastEnds = new LastEnds(database, clock);
        registry.bind("lastEnds", lastEnds);
        registry.bind("retention", new Retention(database, clock));
        SeenFindings seen = new SeenFindings(pages, groupings::groups);
        // Whoever follows each finding, and whoever filters them, has to see each.
        Predicate<String> spared = flow -> !offline
                && shortcut.isOpen()
                && settings.flows().get(flow).filter().isEmpty();
        findingsFiles = new FindingsFiles(new FilesRead(database, clock), planned != null, clock);
        List<String> problems = new ArrayList<>();
        ApiTokens apiTokens = new ApiTokens(settings, clock);
        Apis apis = new Apis(settings, new Mappings(settings, problems), apiTokens);
        VisionOne visionOne = new VisionOne(settings, watermarks, own);
        deadRecords = new DeadRecords(flow -> rawReader(settings.flows().get(flow), findingsFiles, visionOne, apis));
        boolean publishes = scheduled && settings.kafka().isOn();
        Scans scans = new Scans(
                runs,
                pages,
                seen,
                spared,
                watermarks,
                deadLetters,
                deadRecords,
                listener,
                masking::masked,
                publishes ? new Barrier(database, settings.kafka().patience(), context::isStopping) : null);
        bindKafka(settings, publishes, database, registry, scans, masking, clock);
        registry.bind("scans", scans);
        registry.bind("onlyReadable", (Processor) scans::requireReadable);
        registry.bind("seenFindings", offline ? planned.trace().around(seen) : seen);
        registry.bind("pendingGroups", new PendingGroups(pages, database, settings::delivers, room, clock));
        registry.bind("groupChanges", new GroupChangeStrategy());
        registry.bind("groupings", groupings);
        registry.bind("membershipsOfFinding", new MembershipsOfFinding(groupings));
        registry.bind("keyOfGroup", new KeyOfGroup());
        registry.bind("keyOfFinding", new KeyOfFinding());
        registry.bind("collected", new GroupedBodyAggregationStrategy());
        registry.bind("pageReader", new PageReader());
        registry.bind("readAhead", new ReadAhead(context));
        registry.bind("sourceFaults", new SourceFaults(clock));
        registry.bind("findingsFiles", findingsFiles);
        waitingIntakes = new WaitingIntakes(database, owner, clock);
        registry.bind("waitingIntakes", waitingIntakes);
        registry.bind(
                "httpIntake", new HttpIntake(settings, new Intakes(database, clock), meters, masking::masked, clock));
        registry.bind("intakeServer", new IntakeServer(context));
        passNow = new PassNow(context);
        registry.bind("passNow", passNow);
        IamTokens iamTokens = new IamTokens(settings, clock);
        registry.bind("iamTokens", iamTokens);
        registry.bind("sccReports", new SccReports(watermarks, iamTokens));
        registry.bind("apiTokens", apiTokens);
        registry.bind("apis", apis);
        registry.bind("workloadProtection", new WorkloadProtection(settings, watermarks, iamTokens, clock));
        registry.bind("visionOne", visionOne);
        registry.bind("cloudPosture", new CloudPosture(settings, watermarks, clock));
        registry.bind("deadRecords", deadRecords);
        registry.bind("replays", new Replays(database, runs, deadLetters, clock));
        TicketStates states = new TicketStates(settings, openTickets, clock);
        registry.bind("ticketStates", states);
        registry.bind("changedTickets", new ChangedTickets(settings, openTickets, pairs, watermarks, clock));
        registry.bind("reconciliation", new Reconciliation(database, pairs, groupings::groups, clock));
        registry.bind("ticketReader", new TicketReader(groups));
        registry.bind("ticketSync", new TicketSync(settings, pairs));
        registry.bind("visionOneCalls", new VisionOneCalls(settings));
        registry.bind(
                "visionOneAnswers",
                new VisionOneAnswers(settings, groups, pairs, new SourceWrites(database, clock), deadLetters, clock));
        Questions questions = new Questions(context, new Faults(clock));
        drafts = new Drafts(
                templates,
                findings,
                tickets,
                new WorkNotes(findings),
                new Dictionaries(questions, settings.profiles().values(), clock),
                new Caller(questions, serviceNow));
        registry.bind("drafts", drafts);
        registry.bind("lookUps", new LookUps());
        registry.bind("notices", new Notices());
        Attachments attachments = new Attachments(findings, drafts, pairs, serviceNow);
        registry.bind("refusedFiles", new RefusedFiles(pairs, deadLetters, new Faults(clock)));
        registry.bind("attachments", attachments);
        registry.bind("policy", new FlowPolicy(tickets, clock));
        registry.bind(
                "deliveries",
                new Deliveries(
                        settings,
                        groups,
                        tickets,
                        pairs,
                        new HeldGroups(database, clock),
                        deadLetters,
                        new History(database, clock),
                        attachments,
                        meters,
                        circuits,
                        planned == null ? LoggerFactory.getLogger(Deliveries.class) : NOPLogger.NOP_LOGGER,
                        clock));
        registry.bind(
                "failures", new Failures(groups, tickets, deadLetters, new Faults(clock), circuits, serviceNow, clock));
        if (planned != null) {
            registry.bind("plannedWrites", planned.writes());
        }
        registry.bind("requestBudget", budget);
        registry.bind("sweep", new Sweep(settings, new StrayRecords(database, clock), states));
        registry.bind("serviceNowCalls", new ServiceNowCalls());
        registry.bind("instanceProbe", new InstanceProbe());
        // One at a time keeps the order in which they are handed out, as a plan tells it.
        int atWork = serviceNow.deliveries() == 1 ? 1 : 2 * serviceNow.deliveries();
        registry.bind(
                "deliveryThreads",
                context.getExecutorServiceManager().newThreadPool(this, "deliveries", atWork, atWork));
        registry.bind("callsAtOnce", new CallsAtOnce(serviceNow.deliveries(), groups));

        registry.bind("flowFilters", new FlowFilters(settings, context, problems));
        Drafts.compile(templates, List.copyOf(settings.profiles().values()), problems);
        checkStatuses(settings, problems);
        checkSyncMaps(settings, problems);
        if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
    }

    /** Where it is off nothing of Kafka's is looked at. */
    private static void bindKafka(
            Settings settings,
            boolean publishes,
            LedgerDatabase database,
            Registry registry,
            Scans scans,
            Masking masking,
            Clock clock) {
        Runnable topic = () -> {};
        if (publishes) {
            Brokers brokers = Networks.brokers(settings.kafka());
            registry.bind("kafkaClients", brokers);
            topic = new FindingsTopic(brokers)::require;
        }
        TakenFindings taken = new TakenFindings(
                new ArrivingPages(database, flow -> facts(settings, flow), clock), scans, masking::masked);
        registry.bind("publishedFindings", new PublishedFindings(settings, scans, topic, masking::masked));
        registry.bind("takenFindings", taken);
        registry.bind("takenFindingsFailed", (Processor) taken::failed);
    }

    private static Optional<DeadRecords.RawReader> rawReader(
            FlowSettings flow, FindingsFiles files, VisionOne visionOne, Apis apis) {
        return switch (flow.source()) {
            case FILES, HTTP -> Optional.of(files::reread);
            case VISION_ONE_CASES, VISION_ONE_ALERTS -> Optional.of(raw -> visionOne.reread(flow.name(), raw));
            case API -> Optional.of(raw -> apis.reread(flow.name(), raw));
            default -> Optional.empty();
        };
    }

    private static Set<String> wantStorms(Settings settings) {
        return settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.stormTicket())
                .map(FlowSettings::name)
                .collect(Collectors.toSet());
    }

    private static FlowFacts facts(Settings settings, String name) {
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
                flow.source() == SourceKind.WORKLOAD_PROTECTION);
    }

    private static void checkStatuses(Settings settings, List<String> problems) {
        settings.flows().values().stream().filter(flow -> flow.enabled()).forEach(flow -> {
            String table = settings.profiles().get(flow.profile()).table();
            if (!Lifecycle.of(table).knows(flow.newTicketWhenStatus())) {
                problems.add("ticketbridge.flow." + flow.name() + ".new-ticket-when-status must be a state of " + table
                        + ", was '" + flow.newTicketWhenStatus() + "': choose one of "
                        + Lifecycle.of(table).labels());
            }
        });
    }

    private static void checkSyncMaps(Settings settings, List<String> problems) {
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.syncBack())
                .forEach(flow -> {
                    ProfileSettings profile = settings.profiles().get(flow.profile());
                    Map<String, String> states = Lifecycle.of(profile.table()).values();
                    problems.addAll(SyncGaps.shipped(profile, profile.syncMaps().forSource(flow.source()), states)
                            .errors());
                });
    }

    /** Connecting, waiting for the answer to begin, and reading it: each has its own limit. */
    private static Duration longestCall(Settings settings) {
        Duration toServiceNow = longestCall(
                settings.serviceNow().connectTimeout(), settings.serviceNow().requestTimeout());
        Duration toVisionOne = settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.syncBack())
                .map(flow -> settings.visionOne().get(flow.instance()).requestTimeout())
                .map(request -> longestCall(Networks.CONNECT, request))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return toServiceNow.compareTo(toVisionOne) > 0 ? toServiceNow : toVisionOne;
    }

    private static Duration longestCall(Duration connect, Duration request) {
        return connect.plus(request.multipliedBy(2));
    }
}
