package io.ticketbridge.bench;

import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.database.LedgerDatabase;
import java.sql.SQLException;
import java.util.Map;

/**
 * A ledger with so many open tickets, written by a few statements instead of by passes: each is of a group with two findings, one
 * of which fails. Run 1 read and opened all, run 2 one in a hundred again. As many groups of another flow have no ticket.
 */
final class FilledLedger implements AutoCloseable {
    static final String FLOW = Flow.NAME;
    /** Of which nothing has a ticket yet. */
    static final String FRESH = "fresh";

    static final long FIRST = 1;
    static final long SECOND = 2;
    private static final int OLD_RUNS = 1000;
    private static final String TIME = "timestamp with time zone '2026-01-01 00:00:00+00'";

    private final LedgerDatabase ledger;
    private final boolean h2;
    private final int tickets;

    FilledLedger(Database database, int tickets) {
        this.tickets = tickets;
        h2 = database.kind() == Database.Kind.H2;
        ledger = LedgerDatabase.open(Flow.settings(Map.of(
                        "database.url",
                        // Else H2 answers what it was asked last from memory, as nothing changed meanwhile.
                        database.url() + (h2 ? ";OPTIMIZE_REUSE_RESULTS=0" : ""),
                        "database.user",
                        database.user(),
                        "database.password",
                        database.password()))
                .database());
        runs();
        groups(FLOW, "t", false);
        groups(FRESH, "f", true);
        findings("t", "t", 0);
        findings("p", "t", 1);
        findings("f", "f", 0);
        tickets();
        pairs();
        analyze();
    }

    LedgerDatabase ledger() {
        return ledger;
    }

    int size() {
        return tickets;
    }

    void sql(String sql, Object... values) {
        try (var connection = ledger.dataSource().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** As a database does by itself sooner or later. */
    void analyze() {
        sql(h2 ? "analyze" : "vacuum analyze");
    }

    private void runs() {
        sql(insertRun("done", series(OLD_RUNS)));
    }

    private static String insertRun(String state, String series) {
        return "insert into run (flow, scan, state, started_at, seen_at, ended_at, read_count, failing_count, account) select '"
                + FLOW + "', 'scan', '" + state + "', " + TIME + ", " + TIME + ", " + TIME + ", 10, 10, '{}' from "
                + series;
    }

    /** Another run of the flow, read to its end. */
    void endReading(String flow) {
        sql(
                "insert into run (flow, scan, state, started_at, seen_at) values (?, 'scan', 'read', current_timestamp, current_timestamp)",
                flow);
    }

    private void groups(String flow, String letter, boolean pending) {
        sql(
                "insert into finding_group (id, flow, label, label_key, grouping, head, version, settled, shown, run_id, pending, released,"
                        + " silenced, dead, due_at, attempts, fence, urgency) select " + id(letter) + ", '" + flow
                        + "', concat('" + letter
                        + "-', cast(s.n as varchar)), concat('" + letter + "-', cast(s.n as varchar)), 'resource', "
                        + head() + ", 1, 1, 1, 1, "
                        + pending + ", false, false, false, " + TIME + ", 0, 0, 1 from " + series(tickets));
    }

    private void findings(String letter, String group, int result) {
        sql(
                "insert into finding (id, group_id, content, result, severity, version, listed, run_id, scope_id, source_scope, account,"
                        + " region, check_id, resource_uid, resource_name, resource_type, message, first_seen, changed_at) select "
                        + id(letter) + ", " + id(group) + ", " + id(letter) + ", " + result
                        + ", 3, 1, true, case when mod(s.n, 100) = 0 then 2 else 1 end, " + id("s") + ", " + id("s")
                        + ", 'account', 'eu-de', 'check-1', concat('crn:v1:bluemix:public:kms:eu-de:a/', cast(s.n as varchar)), concat('resource-"
                        + letter
                        + "', cast(s.n as varchar)), 'kms', 'Check that keys are rotated at least once a year, and that somebody looks',"
                        + TIME + ", " + TIME + " from " + series(tickets));
    }

    private void tickets() {
        sql(
                "insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, sys_id, number, state, phase, reached,"
                        + " opened_at, intended_at, recorded_at, seen_at, sent_fields, head) select " + id("t")
                        + ", 1, '" + FLOW
                        + "', 'incident', 'incident', concat('ticketbridge-', cast(s.n as varchar)), lpad(cast(s.n as varchar), 32, '0'),"
                        + " concat('INC', lpad(cast(s.n as varchar), 7, '0')), '1', 'OPEN', false, " + TIME + ", "
                        + TIME + ", " + TIME + ", "
                        + TIME + ", '{\"short_description\":\"Keys are not rotated\",\"urgency\":\"2\"}', " + head()
                        + " from "
                        + series(tickets));
        sql(
                "insert into action (group_id, generation, flow, run_id, kind, reason, reference, version, state, intended_at) select "
                        + id("t") + ", 1, '" + FLOW
                        + "', case when mod(s.n, 100) = 0 then 2 else 1 end, 'opened', 'It fails', concat('r-',"
                        + " cast(s.n as varchar)), 1, 'done', " + TIME + " from " + series(tickets));
    }

    private void pairs() {
        sql(
                "insert into pair (group_id, generation, flow, agreement, version, closed, mark, seen_mark, agreed_at) select "
                        + id("t")
                        + ", 1, '" + FLOW
                        + "', '{\"fields\":{},\"attributes\":{},\"columns\":{}}', 1, false, 'm', 'm', " + TIME
                        + " from "
                        + series(tickets));
    }

    private String series(int count) {
        return (h2 ? "system_range" : "generate_series") + "(1, " + count + ") as s(n)";
    }

    /** Scattered, as digests are. */
    private String id(String letter) {
        String text = "concat('" + letter + "', cast(s.n as varchar))";
        return "cast(" + (h2 ? "hash('MD5', " + text + ")" : "md5(" + text + ")") + " as uuid)";
    }

    private static String head() {
        return "'{\"finding\":\"00000000-0000-4000-8000-000000000000\",\"key\":\"k\",\"title\":\"Keys are not rotated\","
                + "\"description\":\"Check that keys are rotated at least once a year\",\"remediation\":\"Rotate them\",\"url\":\"\","
                + "\"check\":\"check-1\",\"controls\":[],\"attributes\":{},\"notes\":[],\"severity\":\"HIGH\",\"failing\":true}'";
    }

    @Override
    public void close() {
        ledger.close();
    }
}
