package io.ticketbridge.bench;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Passes of the whole pipeline over a report of one size, with a young ledger and with one that has seen much. */
final class FindingSteps {
    static final String YOUNG = "rescan";
    static final String OLD = "rescan, old ledger";

    private static final int GENERATIONS = 20;
    private static final int RUNS = 5000;
    private static final String TIME = "timestamp with time zone '2026-01-01 00:00:00+00'";

    private final Databases databases;
    private final SourceServer server;
    private int reports;

    FindingSteps(Databases databases, SourceServer server) {
        this.databases = databases;
        this.server = server;
    }

    Map<String, Cost> measure(Database.Kind kind, int findings, int rescans) throws Exception {
        Map<String, Cost> costs = new LinkedHashMap<>();
        Database database = databases.make(kind);
        Shape shape = Shape.of(findings);
        URI source = server.source(shape);
        try (Ticketbridge bridge = new Ticketbridge(database)) {
            bridge.prepare(source);
            costs.put("first scan", pass(bridge, shape));
            analyze(database);
            pass(bridge, shape);
            costs.put(YOUNG, Cost.median(rescans, () -> pass(bridge, shape)));
            age(database);
            pass(bridge, shape);
            costs.put(OLD, Cost.median(rescans, () -> pass(bridge, shape)));
        } finally {
            databases.drop(database);
        }
        return costs;
    }

    /** Read to its end, and its account closed. */
    private Cost pass(Ticketbridge bridge, Shape shape) throws Exception {
        server.publish(shape, new Report(++reports, false));
        return Cost.of(() -> {
            bridge.pass(server.source(shape));
            bridge.settle();
        });
    }

    /** Each finding had three others in its place that pass now, each group has had many tickets that are closed, and many runs are
     * over. */
    private static void age(Database database) {
        String copies = database.kind() == Database.Kind.H2 ? "system_range" : "generate_series";
        String id = database.kind() == Database.Kind.H2
                ? "cast(hash('MD5', concat(cast(f.id as varchar), cast(s.n as varchar))) as uuid)"
                : "cast(md5(concat(cast(f.id as varchar), cast(s.n as varchar))) as uuid)";
        try (LedgerDatabase ledger = open(database)) {
            run(
                    ledger,
                    "insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope,"
                            + " account, region, check_id, resource_uid, resource_name, resource_type, message, first_seen, changed_at) select "
                            + id
                            + ", f.group_id, f.content, 1, f.severity, f.version, true, 1, f.scope_id, f.source_scope, f.account, f.region,"
                            + " f.check_id, f.resource_uid, f.resource_name, f.resource_type, f.message, f.first_seen, f.changed_at from finding f, "
                            + copies + "(1, 3) as s(n)");
            run(
                    ledger,
                    "insert into event (group_id, finding_id, run_id, what, text, at) select group_id, id, 1, 'passes', '', "
                            + TIME + " from finding where result = 1");
            run(
                    ledger,
                    "insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, sys_id, number, state, phase,"
                            + " reached, opened_at, intended_at, sent_fields, head) select g.id, s.n, g.flow, 'tickets', 'incident', concat(cast(g.id"
                            + " as varchar), '-', cast(s.n as varchar)), lpad(cast(s.n as varchar), 32, '0'), concat('INC', cast(s.n as varchar)), '7',"
                            + " 'CLOSED', true, " + TIME + ", " + TIME
                            + ", '{}', g.head from finding_group g, " + copies + "(1, " + GENERATIONS + ") as s(n)");
            run(
                    ledger,
                    "insert into action (group_id, generation, flow, run_id, kind, reason, reference, version, state, intended_at) select"
                            + " group_id, generation, flow, 1, 'opened', 'It fails', correlation_id, 1, 'done', " + TIME
                            + " from ticket");
            run(
                    ledger,
                    "insert into run (flow, scan, state, started_at, seen_at, ended_at, read_count, failing_count, account) select flow,"
                            + " scan, 'done', " + TIME + ", " + TIME + ", " + TIME + ", 10, 10, account from run, "
                            + copies + "(1, " + RUNS
                            + ") as s(n) where id = 1");
        }
        analyze(database);
    }

    private static void analyze(Database database) {
        try (LedgerDatabase ledger = open(database)) {
            run(ledger, database.kind() == Database.Kind.H2 ? "analyze" : "vacuum analyze");
        }
    }

    private static void run(LedgerDatabase ledger, String sql) {
        ledger.client().sql(sql).update();
    }

    private static LedgerDatabase open(Database database) {
        return LedgerDatabase.open(Flow.settings(Map.of(
                        "database.url", database.url(),
                        "database.user", database.user(),
                        "database.password", database.password()))
                .database());
    }
}
