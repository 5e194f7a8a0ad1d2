package io.ticketbridge.sandbox.servicenow;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A simulated ServiceNow instance on loopback. Everything is in memory and gone after {@link #close}. Safe for use by
 * several threads.
 */
public final class ServiceNowSimulator implements AutoCloseable {

    static {
        // Read once, when the first server is made. Without it every answer waits 40 ms for the client's ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /**
     * How to start it.
     *
     * @param port 0 for any free one
     * @param seed sys_ids and tokens are the same for the same seed
     * @param clock the instance's time
     * @param credentials who may come in
     * @param tokenLifetime of OAuth access tokens
     * @param tls for https, or null for http
     */
    public record Options(
            int port, long seed, Clock clock, Credentials credentials, Duration tokenLifetime, SSLContext tls) {

        public static Options defaults() {
            return new Options(0, 1, Clock.systemUTC(), Credentials.sandbox(), Duration.ofSeconds(1800), null);
        }

        public Options withPort(int other) {
            return new Options(other, seed, clock, credentials, tokenLifetime, tls);
        }

        public Options withSeed(long other) {
            return new Options(port, other, clock, credentials, tokenLifetime, tls);
        }

        public Options withClock(Clock other) {
            return new Options(port, seed, other, credentials, tokenLifetime, tls);
        }

        public Options withCredentials(Credentials other) {
            return new Options(port, seed, clock, other, tokenLifetime, tls);
        }

        public Options withTokenLifetime(Duration other) {
            return new Options(port, seed, clock, credentials, other, tls);
        }

        public Options withTls(SSLContext other) {
            return new Options(port, seed, clock, credentials, tokenLifetime, other);
        }
    }

    private final Options options;
    private final Settings settings = new Settings();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Store store = new Store(new Dictionary());
    private final Records records;
    private final Attachments attachments;
    private final InstanceProperties properties = new InstanceProperties(store);
    private final Tokens tokens;
    private final Gate gate;
    private final OAuthEndpoint oauth;
    private final Seed seed;
    private final ExecutorService workers = Executors.newCachedThreadPool(named("servicenow-"));
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1, named("servicenow-later-"));
    private final HttpServer server;

    private ServiceNowSimulator(Options options) throws IOException {
        this.options = options;
        SysIds ids = new SysIds(options.seed());
        // Tokens draw from their own sequence, so that how often a client logs in changes no sys_id.
        SysIds secrets = new SysIds(~options.seed());
        Choices choices = new Choices(store);
        this.records = new Records(store, choices, settings, options.clock(), ids);
        this.attachments = new Attachments(records, settings, properties);
        this.tokens = new Tokens(options.clock(), secrets, settings, options.tokenLifetime());
        this.gate = new Gate(options.credentials(), tokens, settings, store, secrets);
        this.oauth = new OAuthEndpoint(options.credentials(), tokens, settings, properties);
        this.seed = new Seed(records);
        seed.plant(options.credentials());
        Queries queries = new Queries(store, choices, properties, settings);
        Instance instance = new Instance(
                gate,
                new RateLimit(settings, options.clock()),
                oauth,
                new TableApi(records, choices, queries, settings),
                new AttachmentApi(attachments, records, queries, settings),
                new StatsApi(store, queries, settings));
        this.server = server(options);
        server.createContext("/", new FrontDoor(instance, tokens, faults, log, options.clock(), later, scheme()));
        server.setExecutor(workers);
        server.start();
    }

    /** Starts one; throws {@link UncheckedIOException} when the port is taken. */
    public static ServiceNowSimulator start(Options options) {
        try {
            return new ServiceNowSimulator(options);
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + options.port() + " is not free: choose another, or 0 for any", e);
        }
    }

    public static ServiceNowSimulator start() {
        return start(Options.defaults());
    }

    /** Scheme, host and port, without a slash at the end. */
    public String url() {
        return scheme() + "://127.0.0.1:" + server.getAddress().getPort();
    }

    public Credentials credentials() {
        return options.credentials();
    }

    /** The switches. */
    public Settings settings() {
        return settings;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** What was asked. */
    public RequestLog requests() {
        return log;
    }

    /** Every record of the table and of those that extend it, as column to value; in the order of their sys_id. */
    public List<Map<String, String>> records(String table) {
        List<Row> rows = new ArrayList<>();
        for (Collection<Row> part : store.all(definition(table))) {
            rows.addAll(part);
        }
        return rows.stream()
                .sorted((left, right) -> left.sysId().compareTo(right.sysId()))
                .map(Row::toMap)
                .toList();
    }

    public Optional<Map<String, String>> record(String table, String sysId) {
        return store.find(definition(table), sysId).map(Row::toMap);
    }

    /** The notes of a record in the order in which they were written. */
    public List<JournalEntry> journal(String sysId) {
        return records.journal.entries(sysId).stream()
                .map(row -> new JournalEntry(
                        row.get("element"), row.get("value"), row.get("sys_created_by"), row.get("sys_created_on")))
                .toList();
    }

    /** The files of a record in the order in which they were attached. */
    public List<AttachedFile> attachments(String sysId) {
        return store.lookup("sys_attachment", "table_sys_id", sysId).stream()
                .map(row -> new AttachedFile(
                        row.sysId(), row.get("file_name"), row.get("content_type"), attachments.bytes(row.sysId())))
                .toList();
    }

    /** A person makes a record on the screen; returns its sys_id. Throws {@link IllegalStateException} if a rule forbids it. */
    public String create(String table, Map<String, String> fields, String byUser) {
        return asPerson(() -> records.insert(definition(table), fields, false, gate.user(byUser, false)))
                .sysId();
    }

    /**
     * A person edits a record on the screen: rules and mandatory columns count, the API user's restrictions do not.
     * Throws {@link IllegalStateException} if a rule forbids it.
     */
    public void edit(String table, String sysId, Map<String, String> fields, String byUser) {
        asPerson(() -> records.update(row(table, sysId), fields, false, gate.user(byUser, false)));
    }

    /** A person attaches a file; returns its sys_id. */
    public String attach(String table, String sysId, String fileName, String contentType, byte[] bytes, String byUser) {
        row(table, sysId);
        return attachments
                .add(table, sysId, fileName, contentType, bytes, gate.user(byUser, false))
                .sysId();
    }

    /** A person makes a record of another table of it, with its notes and files. */
    public void move(String table, String sysId, String toTable, String byUser) {
        records.move(row(table, sysId), definition(toTable), gate.user(byUser, false));
    }

    /** A person deletes a record, and with it its notes and files. */
    public void delete(String table, String sysId) {
        records.delete(row(table, sysId));
    }

    /** Sets a record of {@code sys_properties}. */
    public void property(String name, String value) {
        List<Row> known = store.lookup("sys_properties", "name", name);
        if (known.isEmpty()) {
            create("sys_properties", Map.of("name", name, "value", value), "admin");
        } else {
            edit("sys_properties", known.get(0).sysId(), Map.of("value", value), "admin");
        }
    }

    /** Declares a table of the customer's own; the parent may be "". */
    public void addTable(String name, String parent, String label, String numberPrefix) {
        seed.describe(store.dictionary.declare(name, parent, label, numberPrefix, 1001));
    }

    /**
     * Declares a column.
     *
     * @param type an internal type such as {@code string}, {@code integer}, {@code boolean}, {@code glide_date_time}, or
     *     {@code reference:sys_user}
     */
    public void addColumn(String table, String name, String label, String type, int maxLength) {
        Column column = Dictionary.column(table, new String[] {name, type, String.valueOf(maxLength), label});
        definition(table).declare(column);
        seed.describe(column);
    }

    /** Gives a table's column choices of its own, each {@code value = label}, in place of those that it had or would inherit. */
    public void choices(String table, String column, String... choices) {
        store.lookup("sys_choice", "element", column).stream()
                .filter(choice -> choice.get("name").equals(table))
                .toList()
                .forEach(records::delete);
        for (int at = 0; at < choices.length; at++) {
            String[] pair = choices[at].split(" = ", 2);
            create(
                    "sys_choice",
                    Map.of(
                            "name",
                            table,
                            "element",
                            column,
                            "value",
                            pair[0],
                            "label",
                            pair[1],
                            "sequence",
                            String.valueOf(at)),
                    "admin");
        }
    }

    /** Passwords and keys are others from now on; those before are refused, and so is every token that was given for them. */
    public void changeCredentials(Credentials other) {
        gate.change(other);
        oauth.change(other);
        revokeTokens();
    }

    /** Every token ends, refresh tokens too. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** Every access token ends; refresh tokens live on. */
    public void revokeAccessTokens() {
        tokens.revokeAccessTokens();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        later.shutdownNow();
    }

    private TableDefinition definition(String table) {
        TableDefinition definition = store.dictionary.table(table);
        if (definition == null) {
            throw new IllegalArgumentException("There is no table " + table + "; addTable declares one");
        }
        return definition;
    }

    private Row row(String table, String sysId) {
        return store.find(definition(table), sysId)
                .orElseThrow(() -> new IllegalArgumentException("There is no " + table + " with sys_id " + sysId));
    }

    private static Row asPerson(Supplier<Row> save) {
        try {
            return save.get();
        } catch (Refusal refusal) {
            throw new IllegalStateException(refusal.getMessage() + ": " + refusal.detail, refusal);
        }
    }

    private String scheme() {
        return options.tls() == null ? "http" : "https";
    }

    private static HttpServer server(Options options) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), options.port());
        if (options.tls() == null) {
            return HttpServer.create(address, 512);
        }
        HttpsServer server = HttpsServer.create(address, 512);
        server.setHttpsConfigurator(new HttpsConfigurator(options.tls()));
        return server;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
