package io.ticketbridge.bench;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Ticketbridge with its real routes and ledger, which opens one ticket for each new resource that fails. */
final class DeliveringBridge implements AutoCloseable {
    private static final String FLOW = "compliance";
    private static final int LOOK_MILLIS = 50;
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private final Path folder;
    private final Engine engine;
    private final ProducerTemplate producer;
    private int scans;

    DeliveringBridge(Path folder, Database database, Instance instance, int deliveries) {
        this.folder = folder;
        Map<String, String> settings = new TreeMap<>(Map.of(
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password(),
                "servicenow.url", instance.url().toString(),
                "servicenow.client-id", "bench",
                "servicenow.client-secret", "bench",
                "servicenow.deliveries", String.valueOf(deliveries)));
        settings.putAll(Map.of(
                "http.management-port", "0",
                "flow.compliance.source", "files",
                "flow.compliance.group-by", "resource",
                "flow.compliance.profile", "tickets",
                "flow.compliance.max-new-tickets-per-run", "1000000",
                "profile.tickets.table", "incident"));
        Map<String, String> named = new TreeMap<>();
        settings.forEach((key, value) -> named.put("ticketbridge." + key, value));
        engine = Engine.start(
                Settings.load(Sources.only(named)),
                new Engine.Options(Path.of("routes"), false, false, Clock.systemUTC()));
        producer = engine.context().createProducerTemplate();
    }

    /** So many groups are news, and nothing of them is handed out yet. */
    void read(int groups) throws Exception {
        Scan scan = Scan.of();
        scans++;
        for (int group = 0; group < groups; group++) {
            scan.fails("control-" + scans, "resource-" + group + "-" + scans);
        }
        send("import-findings-file", scan.write(folder).toFile());
    }

    /** Hands them out, and waits until each has its ticket. */
    void deliver() throws InterruptedException {
        send("complete-run", null);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (isOwed()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Tickets are owed, and nothing goes on");
            }
            // On PostgreSQL the question costs milliseconds: rarely enough that it is no part of the work.
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean isOwed() {
        return !engine.database()
                .client()
                .sql("select 1 from finding_group where pending limit 1")
                .query()
                .listOfRows()
                .isEmpty();
    }

    private void send(String route, Object body) {
        Exchange answer = producer.send("direct:" + route, exchange -> {
            exchange.setProperty("flow", FLOW);
            exchange.getMessage().setBody(body);
        });
        if (answer.getException() != null) {
            throw new IllegalStateException(route + " failed", answer.getException());
        }
    }

    ProducerTemplate producer() {
        return producer;
    }

    @Override
    public void close() {
        engine.close();
    }
}
