package io.ticketbridge.bench;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.ledger.account.Account;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ticketbridge: the engine with its real routes and one flow that reads SCC and groups by control. Only what becomes of a group is
 * replaced, by the route in bench/routes: nothing is sent anywhere.
 */
final class Ticketbridge implements Contender {
    /** The system property that names another folder of routes; those that begin with ticketbridge. are settings. */
    static final String ROUTES = "bench.routes";

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final String FLOW = "scc";

    private final Database database;
    private Engine engine;

    Ticketbridge(Database database) {
        this.database = database;
    }

    @Override
    public void prepare(URI source) {
        Map<String, String> settings = new HashMap<>();
        settings.put("database.url", database.url());
        settings.put("database.user", database.user());
        settings.put("database.password", database.password());
        settings.put("scc.url", source.toString());
        settings.put("scc.iam-url", source.resolve("/identity/token").toString());
        settings.put("scc.api-key", "key");
        settings.put("servicenow.url", "http://127.0.0.1:9");
        settings.put("servicenow.client-id", "id");
        settings.put("servicenow.client-secret", "secret");
        settings.put("flow.scc.source", "scc");
        settings.put("flow.scc.group-by", "control");
        settings.put("flow.scc.profile", "tickets");
        settings.put("profile.tickets.table", "incident");
        Map<String, String> full = new HashMap<>();
        settings.forEach((key, value) -> full.put("ticketbridge." + key, value));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("ticketbridge."))
                .forEach(name -> full.put(name, System.getProperty(name)));
        Path routes = Path.of(System.getProperty(ROUTES, "bench/routes"));
        engine = Engine.start(
                Settings.load(Sources.only(full)), new Engine.Options(routes, false, false, Clock.systemUTC()));
    }

    @Override
    public Tally pass(URI source) {
        engine.pass(FLOW);
        return engine.database()
                .client()
                .sql(
                        """
                        select read_count, read_count - unchanged_count - inconclusive_count - suppressed_count
                                - filtered_count - dead_count,
                            (select count(*) from finding_group where run_id = run.id)
                        from run where id = (select max(id) from run)""")
                .query((row, number) -> new Tally(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    @Override
    public void settle() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!engine.owing().isSettled()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Something is still owed after " + LONGEST);
            }
            Thread.sleep(2);
        }
        List<Account> accounts = engine.closeAccounts();
        if (accounts.size() != 1 || !accounts.get(0).addsUp()) {
            throw new IllegalStateException("The run's account is not as it should be: " + accounts);
        }
    }

    @Override
    public Optional<Holdings> holdings() {
        return Optional.of(new Holdings(
                count("select count(*) from finding"),
                count("select count(*) from finding where result = 0"),
                count("select count(*) from finding_group")));
    }

    private long count(String query) {
        return engine.database().client().sql(query).query(Long.class).single();
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
