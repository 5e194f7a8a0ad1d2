package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.Network;
import io.ticketbridge.deliver.servicenow.ServiceNowConnection;
import io.ticketbridge.deliver.servicenow.StatedLimits;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.ticket.TicketInstance;
import io.ticketbridge.schedule.Schedulers;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ticketbridge, running: the ledger is open, the routes are started. Closing it lets what is under way end. */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** In characters, of a name whose beginning may be a long host name. */
    private static final int LONGEST_PROCESS = 80;

    /**
     * @param routes the folder of the route files
     * @param scheduled whether flows, and routes of an engineer's own, read by themselves; such an engine keeps a second one off the same H2 file
     * @param watch whether edited route files are taken over while it runs
     */
    public record Options(Path routes, boolean scheduled, boolean watch, Clock clock) {}

    private final Settings settings;
    private final RunLock lock;
    private final LedgerDatabase database;
    private final Main main;
    private final Beans beans;
    private final Owing owing;
    private final LeftOvers leftOvers;
    private final ServiceNowConnection connection;
    private final Map<String, SystemClient> clients;
    private final LiveRoutes routes;
    private final Serving serving;
    private final Passes passes;
    private final ServiceNowProbe probe;

    /** @param planned null if this is no plan (P29) */
    private Engine(Settings settings, Options options, Rehearsal planned) {
        this.settings = settings;
        lock = options.scheduled() ? RunLock.take(settings.database()) : null;
        RouteFiles files = new RouteFiles(options.routes(), planned);
        Aside<LedgerDatabase> ledger = Aside.begin("open-ledger", () -> LedgerDatabase.open(settings.database()));
        Main prepared = null;
        ServiceNowConnection connected = null;
        Map<String, SystemClient> reaching = Map.of();
        try {
            Network network = Networks.of(settings.serviceNow());
            reaching = Networks.clients(settings);
            prepared = CamelMain.of(settings, options.scheduled(), planned != null);
            Management management = new Management(settings, options.scheduled());
            management.configure(prepared);
            serving = new Serving(settings, options.scheduled());
            serving.configure(prepared);
            reaching.forEach(prepared::bind);
            prepared.init();
            CamelContext context = prepared.getCamelContext();
            serving.holds(context);
            if (!options.scheduled()) {
                OwnConsumers.holdBack(context);
            }
            Aside<ParsedRoutes> parsed = ParsedRoutes.begin(context, files::read);
            context.getCamelContextExtension().addInterceptStrategy(new ErrorLevels());
            connected = new ServiceNowConnection(settings.serviceNow(), network, options.clock()).install(context);
            database = ledger.get();
            String owner = owner();
            // What replicas compare with each other goes by the one clock that they share.
            Clock clock = database.time().over(options.clock());
            TicketInstance instance = OneInstance.require(settings, database, planned != null, clock);
            Schedulers.install(context, database, owner, options.scheduled(), FlowRoutes.passes(settings));
            Shortcut shortcut = new Shortcut();
            beans = new Beans(new Surroundings(
                    settings,
                    database,
                    instance,
                    context,
                    management.meters(),
                    planned,
                    shortcut,
                    owner,
                    options.scheduled(),
                    clock,
                    options.clock(),
                    new Masking(settings)));
            owing = new Owing(settings, database, beans.ledger, clock);
            leftOvers = new LeftOvers(settings, beans.sources);
            serving.bind(
                    context,
                    settings,
                    database,
                    owing::backlog,
                    this::replay,
                    () -> new Planning(settings, options.routes(), clock).ofPass(),
                    clock);
            management.observe(context, database, beans, clock);
            connected.tell(new StatedLimits(beans.ledger.budget, clock));
            routes = new LiveRoutes(
                    context,
                    files::read,
                    FlowRoutes.of(settings, options.scheduled()),
                    inEffect -> shortcut.look(inEffect, files.shipped()),
                    LiveRoutes.LONGEST_PAUSE);
            routes.load(context, parsed.get());
            if (planned == null) {
                sayWhatIsOwn(files.own(parsed.get().found()));
            }
            prepared.start();
            if (!options.scheduled()) {
                OwnConsumers.sayWhatStandsStill(context);
            }
            passes = new Passes(settings, context.createProducerTemplate(), beans);
            probe = new ServiceNowProbe(settings, passes, beans.delivery.syncChoices);
            beans.ledger.regroupings.report();
            owing.sayWhatOthersOwe();
            if (options.scheduled()) {
                PollRequests.fault(settings, clock.instant())
                        .ifPresent(fault -> LOG.warn("{}. {}", fault.text(), fault.cure()));
            }
            if (options.watch()) {
                routes.watch();
            }
            serving.opens();
            serving.address(context).ifPresent(address -> sayAddress(settings, address));
            if (options.scheduled()) {
                leftOvers.read();
            }
        } catch (Exception | Error e) {
            closeAll(prepared, connected, reaching, ledger.orNull(), lock);
            if (e instanceof Error error) {
                throw error;
            }
            throw e instanceof RuntimeException known && !(e instanceof RuntimeCamelException)
                    ? known
                    : new CannotStart("The routes can't be started: " + Causes.sentence(e));
        }
        main = prepared;
        connection = connected;
        clients = reaching;
    }

    /** @throws CannotStart naming cause and cure */
    public static Engine start(Settings settings, Options options) {
        return new Engine(settings, options, null);
    }

    /** An engine on a ledger that is thrown away, of which nothing but reads leaves this machine. */
    static Engine planning(Settings settings, Options options, Rehearsal planned) {
        return new Engine(settings, options, planned);
    }

    /** Whoever is missing in it was not found, and does not work. */
    private static void sayWhatIsOwn(List<String> files) {
        if (!files.isEmpty()) {
            LOG.info("Route files of your own. files={}", files);
        }
    }

    private static void sayAddress(Settings settings, URI address) {
        if (settings.http().enabled()) {
            LOG.info("The console is at {}", address);
        }
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.isSent())
                .forEach(flow ->
                        LOG.info("Findings can be sent. flow={} to={}intake/{}", flow.name(), address, flow.name()));
    }

    /** Tells this process from every other, also on the same host and after a restart. */
    private static String owner() {
        String process = ManagementFactory.getRuntimeMXBean().getName();
        return process.substring(Math.max(0, process.length() - LONGEST_PROCESS)) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * What keeps the files that a plan has others for from starting. From then on this engine may write: it is to be closed.
     */
    List<String> faultsOfReplaced(RouteFiles folder) {
        return routes.tryOut(folder.replacedByPlan());
    }

    /** Asks each table in use a question that must find nothing: url, credentials and query rights at once (P16). */
    public void probe() {
        probe.probe();
    }

    /** Why a table can't be used; empty if it can. */
    Optional<String> probeFailure(String table) {
        return probe.probeFailure(table);
    }

    /** @throws Failed if ServiceNow did not answer it */
    List<Map<String, Object>> ask(ServiceNowCall call) {
        return probe.ask(call);
    }

    /** @throws Failed if the instance does not say what it has */
    SyncGaps mapGaps(Collection<ProfileSettings> profiles) {
        return probe.mapGaps(profiles);
    }

    /** One full pass of a flow: ticket states, source, policy. Its tickets are delivered by and by. */
    public void pass(String flow) {
        passes.pass(flow);
    }

    /**
     * What {@code run} does by its schedule, where nobody has done it in time: for whoever runs by cron.
     *
     * @throws Failed naming all that failed; it is due again with the next run
     */
    public void upkeep() {
        passes.upkeep();
    }

    /** Reads findings files, each as one scan of the flow, and hands their groups out after the last. */
    public void importFiles(String flow, List<File> files) {
        importFiles(flow, files, false);
    }

    /** @param arePart whether they prove nothing by absence: one scan in several files, or a filtered one */
    public void importFiles(String flow, List<File> files, boolean arePart) {
        passes.importFiles(flow, files, arePart);
    }

    /**
     * Gives dead letters another try. What they owe is delivered by and by.
     *
     * @return for each that can't be replayed, why not
     * @throws Failed if the ledger or a route failed; what was not replayed is still there
     */
    public List<String> replay(Choice choice) {
        return passes.replay(choice);
    }

    /** Whether a pass of the flow reads anything: one with source=files and no folder only gets what is imported. */
    public static boolean isPolled(FlowSettings flow) {
        return FlowRoutes.isPolled(flow);
    }

    /** What is owed to ServiceNow. */
    public Owing owing() {
        return owing;
    }

    /** The accounts of the runs that this engine began and that owe nothing any more, each handed out once. */
    public List<Account> closeAccounts() {
        return beans.ledger.runs.closeOwn();
    }

    /** The runs that this engine began and whose accounts were not handed out yet. */
    public Set<Long> begunRuns() {
        return beans.ledger.runs.own();
    }

    /** Where the console is; empty where it is not served. */
    public Optional<URI> console() {
        return serving.address(context()).filter(address -> settings.http().enabled());
    }

    /** Where findings are sent to, as {@code /intake/FLOW} below it; empty where nothing is served. */
    public Optional<URI> intake() {
        return serving.address(context());
    }

    /** How far a findings file was read; empty while none is. */
    public Optional<FileReading> fileReading() {
        return beans.sources
                .findingsFiles
                .progress()
                .map(progress -> new FileReading(progress.name(), progress.read(), progress.size()));
    }

    public LedgerDatabase database() {
        return database;
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        routes.close();
        main.stop();
        leftOvers.release();
        closeAll(null, connection, clients, database, lock);
    }

    private static void closeAll(
            Main main,
            ServiceNowConnection connection,
            Map<String, SystemClient> clients,
            LedgerDatabase database,
            RunLock lock) {
        if (main != null) {
            main.stop();
        }
        if (connection != null) {
            connection.close();
        }
        clients.values().forEach(SystemClient::close);
        if (database != null) {
            database.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
