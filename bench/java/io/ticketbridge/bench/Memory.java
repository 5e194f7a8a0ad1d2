package io.ticketbridge.bench;

import io.ticketbridge.sandbox.servicenow.Credentials;
import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether ticketbridge stays within the workers' heap: with many findings, and with one control with many failing resources, whose
 * ticket is really delivered, to the sandbox's ServiceNow, with the list of all resources attached.
 */
final class Memory {
    /** @param attached bytes of the ticket's attachments, 0 where nothing is delivered */
    record Row(Database.Kind kind, String what, double seconds, double settling, long peak, long heap, long attached) {}

    private final Databases databases;
    private final SourceServer server;
    private final Path logs;
    private final List<Row> rows = new ArrayList<>();
    private int report;

    private Memory(Databases databases, SourceServer server, Path logs) {
        this.databases = databases;
        this.server = server;
        this.logs = logs;
    }

    /**
     * @param findings how many with 200 controls
     * @param resources how many that fail one control
     */
    static void run(Results results, Databases databases, SourceServer server, Path logs, int findings, int resources)
            throws IOException, SQLException {
        Memory memory = new Memory(databases, server, logs);
        for (Database.Kind kind : Database.Kind.values()) {
            memory.many(kind, Shape.of(findings));
            memory.oneControl(kind, new Shape(resources, 1, 100));
        }
        results.add(table(memory.rows), memory.rows);
    }

    private void many(Database.Kind kind, Shape shape) throws IOException, SQLException {
        try (WorkerProcess worker = WorkerProcess.start(Contenders.TICKETBRIDGE, logs)) {
            String what = String.format(Locale.ROOT, "%,d findings, 200 controls", shape.findings());
            passes(worker, kind, shape, what, null);
        }
    }

    private void oneControl(Database.Kind kind, Shape shape) throws IOException, SQLException {
        try (ServiceNowSimulator serviceNow = ServiceNowSimulator.start();
                WorkerProcess worker = WorkerProcess.start(Contenders.TICKETBRIDGE, logs, delivering(serviceNow))) {
            String what = String.format(Locale.ROOT, "one control, %,d resources, delivered", shape.findings());
            passes(worker, kind, shape, what, serviceNow);
        }
    }

    private static String[] delivering(ServiceNowSimulator serviceNow) {
        Credentials credentials = serviceNow.credentials();
        return new String[] {
            "-D" + Ticketbridge.ROUTES + "=routes",
            "-Dticketbridge.servicenow.url=" + serviceNow.url(),
            "-Dticketbridge.servicenow.client-id=" + credentials.clientId(),
            "-Dticketbridge.servicenow.client-secret=" + credentials.clientSecret()
        };
    }

    private void passes(
            WorkerProcess worker, Database.Kind kind, Shape shape, String what, ServiceNowSimulator serviceNow)
            throws IOException, SQLException {
        Database database = databases.make(kind);
        worker.open(database, server.source(shape));
        for (Phase phase : Phase.values()) {
            server.publish(shape, new Report(++report, phase == Phase.CHANGED));
            Answer answer = worker.pass(server.source(shape));
            Expected.of(shape, phase).require(Contenders.TICKETBRIDGE, phase, answer);
            rows.add(new Row(
                    kind,
                    what + ": " + phase.title(),
                    answer.seconds(),
                    answer.settling(),
                    answer.peakBytes(),
                    answer.heapBytes(),
                    serviceNow == null ? 0 : attached(serviceNow)));
            System.err.println(rows.get(rows.size() - 1));
        }
        worker.closeContender();
        databases.drop(database);
    }

    /** @throws WrongWork unless there is the one ticket with its list */
    private static long attached(ServiceNowSimulator serviceNow) {
        List<Map<String, String>> tickets = serviceNow.records("incident").stream()
                .filter(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                .toList();
        if (tickets.size() != 1) {
            throw new WrongWork("One control has " + tickets.size() + " tickets");
        }
        long bytes = serviceNow.attachments(tickets.get(0).get("sys_id")).stream()
                .mapToLong(file -> file.bytes().length)
                .sum();
        if (bytes == 0) {
            throw new WrongWork("The list of resources is not attached");
        }
        return bytes;
    }

    private static String table(List<Row> rows) {
        StringBuilder text = new StringBuilder("### Memory, ticketbridge with -Xmx256m\n\n"
                + "| database | work | seconds | then | memory of the process | heap after a collection, at most | attached |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |\n");
        rows.forEach(row -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %,d MB | %,d MB | %s |%n",
                row.kind().title(),
                row.what(),
                row.seconds(),
                row.settling(),
                row.peak() >> 20,
                row.heap() >> 20,
                row.attached() == 0 ? "" : String.format(Locale.ROOT, "%.1f MB", row.attached() / 1e6))));
        return text.toString();
    }
}
