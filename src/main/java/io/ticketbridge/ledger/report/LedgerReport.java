package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Head;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What commands print of the ledger. Reads only. */
public final class LedgerReport {

    /** A write to ServiceNow that was made. */
    public record Write(
            String kind, String number, String flow, String label, String title, String severity, String reason) {}

    /**
     * A flow as its last run and its last pass left it, with the account of the last run that has one.
     *
     * @param startedAt of the last run, and its state; null if there was none
     * @param lastPass when a pass last ended well, null if none did or none was made
     * @param failedAt when the last pass failed; null if it did not
     * @param failure why, maybe before a run began; null if it did not
     * @param waitsUntil until when a pass waits for the rate budget; null, or over, if none does
     * @param dead open dead letters
     */
    public record FlowStatus(
            String flow,
            Instant startedAt,
            String state,
            String error,
            Instant lastPass,
            Instant failedAt,
            String failure,
            Instant waitsUntil,
            long openTickets,
            long owed,
            long held,
            long dead,
            Map<String, Object> account) {
        public Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("flow", flow);
            map.put("lastRun", startedAt == null ? null : startedAt.toString());
            map.put("state", state);
            map.put("error", error);
            map.put("lastPass", lastPass == null ? null : lastPass.toString());
            map.put("failedAt", failedAt == null ? null : failedAt.toString());
            map.put("failure", failure);
            map.put("waitsUntil", waitsUntil == null ? null : waitsUntil.toString());
            map.put("openTickets", openTickets);
            map.put("owed", owed);
            map.put("held", held);
            map.put("dead", dead);
            map.put("account", account);
            return map;
        }

        /** One sentence on what its pass waits for; null if it does not wait. */
        public String waiting(Instant now) {
            return waitsUntil == null || !waitsUntil.isAfter(now)
                    ? null
                    : "its pass waits for the rate budget until " + waitsUntil;
        }

        /** One sentence on why its passes fail; null if the last one did not. */
        public String failing() {
            return failure == null ? null : LedgerReport.failing(failedAt, lastPass, failure);
        }
    }

    /** The last comparison of both sides of a flow's open pairs (P26). */
    public record Compared(String flow, Instant at, long pairs, long drifted) {
        public Map<String, Object> asMap() {
            return Map.of("flow", flow, "at", at.toString(), "pairs", pairs, "drifted", drifted);
        }
    }

    static String failing(Instant failedAt, Instant lastPass, String failure) {
        return "its last pass failed at " + failedAt + ", none has ended well "
                + (lastPass == null ? "yet" : "since " + lastPass) + ": " + failure;
    }

    private final LedgerDatabase database;

    public LedgerReport(LedgerDatabase database) {
        this.database = database;
    }

    /** What runs wrote, and since then about the summary tickets of these flows. */
    public List<Write> writesOf(Set<Long> runs, Set<String> flows, Instant since) {
        return database.client()
                .sql(
                        """
                        select a.kind, t.number, a.flow, g.label, g.head, a.reason
                        from action a
                        join ticket t on t.group_id = a.group_id and t.generation = a.generation
                        join finding_group g on g.id = a.group_id
                        where a.state = 'done' and (a.run_id in (:runs)
                            or a.run_id = 0 and a.flow in (:flows) and a.intended_at >= :since)
                        order by a.flow, t.number, a.id""")
                .param("runs", someOf(runs))
                .param("flows", flows.isEmpty() ? Set.of("") : flows)
                .param("since", Times.sql(since))
                .query((row, number) -> {
                    Head head = Json.head(row.getString("head"));
                    return new Write(
                            row.getString("kind"),
                            row.getString("number"),
                            row.getString("flow"),
                            row.getString("label"),
                            head.title(),
                            head.severity().name().toLowerCase(Locale.ROOT),
                            row.getString("reason"));
                })
                .list();
    }

    /** Counts one by one, each by its index: joined, H2 looks at every group. */
    public List<FlowStatus> flows() {
        Map<String, Long> owed = counts("pending = true");
        Map<String, Long> held = held();
        Map<String, Long> dead = dead();
        return database.client()
                .sql(
                        """
                        select f.flow, r.started_at, r.state, r.error, e.ended_at, e.failure, e.waits_until,
                            case when e.failure is not null then e.failed_at end as failed_at,
                            (select count(*) from ticket t where t.flow = f.flow and t.phase = 'OPEN') as open_tickets,
                            (select a.account from run a where a.flow = f.flow and a.state = 'done' and a.account is not null
                                order by a.flow desc, a.id desc limit 1) as account
                        from (select flow from run group by flow
                            union select substring(name from 6) from last_end where name like 'pass %') f
                        left join run r on r.id = (select max(id) from run where flow = f.flow)
                        left join last_end e on e.name = 'pass ' || f.flow
                        order by f.flow""")
                .query((row, number) -> {
                    String flow = row.getString("flow");
                    return new FlowStatus(
                            flow,
                            Times.of(row, "started_at"),
                            row.getString("state"),
                            row.getString("error"),
                            Times.of(row, "ended_at"),
                            Times.of(row, "failed_at"),
                            row.getString("failure"),
                            Times.of(row, "waits_until"),
                            row.getLong("open_tickets"),
                            owed.getOrDefault(flow, 0L),
                            held.getOrDefault(flow, 0L),
                            dead.getOrDefault(flow, 0L),
                            row.getString("account") == null ? null : Json.map(row.getString("account")));
                })
                .list();
    }

    /** Open dead letters, by flow. */
    public Map<String, Long> dead() {
        return byFlow("select flow, count(*) from dead_letter where replayed_at is null group by flow");
    }

    /** Of groups, by flow. */
    private Map<String, Long> counts(String which) {
        return byFlow("select flow, count(*) from finding_group where " + which + " group by flow");
    }

    private Map<String, Long> byFlow(String sql) {
        Map<String, Long> counts = new TreeMap<>();
        database.client().sql(sql).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    public List<Compared> compared() {
        return database.client()
                .sql(
                        """
                        select flow, at, pairs, drifted from reconciliation
                        where id in (select max(id) from reconciliation group by flow) order by flow""")
                .query((row, number) -> new Compared(
                        row.getString("flow"), Times.of(row, "at"), row.getLong("pairs"), row.getLong("drifted")))
                .list();
    }

    /** Those of these runs that failed, one line each. */
    public List<String> failed(Set<Long> runs) {
        return database.client()
                .sql("select flow, scan, error from run where id in (:runs) and state = 'failed' order by id")
                .param("runs", someOf(runs))
                .query(LedgerReport::failure)
                .list();
    }

    /**
     * Those and what passes said of failures, nothing twice: what comes before the cause may differ.
     *
     * @param said a line each
     */
    public Set<String> failures(Set<Long> runs, Collection<String> said) {
        List<String> failed = failed(runs);
        Set<String> failures = new LinkedHashSet<>(failed);
        said.stream()
                .filter(line ->
                        failed.stream().noneMatch(each -> each.endsWith(line.substring(line.indexOf(": ") + 1))))
                .forEach(failures::add);
        return failures;
    }

    private static String failure(ResultSet row, int number) throws SQLException {
        return "Flow " + row.getString("flow") + ", " + row.getString("scan") + ": " + row.getString("error");
    }

    /** No list of SQL may be empty, and no run has this number. */
    private static Set<Long> someOf(Set<Long> runs) {
        return runs.isEmpty() ? Set.of(-1L) : runs;
    }

    /** Runs of these flows whose account was closed since then and does not add up (P5), one line each. */
    public List<String> unbalancedSince(Instant since, Set<String> flows) {
        return database.client()
                .sql(
                        "select id, flow, error from run where state = 'done' and error is not null and ended_at >= :since and flow in (:flows) order by id")
                .param("since", Times.sql(since))
                .param("flows", flows.isEmpty() ? Set.of("") : flows)
                .query((row, number) -> "Run " + row.getLong("id") + " of flow " + row.getString("flow") + " failed: "
                        + row.getString("error"))
                .list();
    }

    /** The newest run and write that there are, 0 if none. */
    public record Newest(long run, long write) {}

    public Newest newest() {
        return database.client()
                .sql("select (select coalesce(max(id), 0) from run), (select coalesce(max(id), 0) from action)")
                .query((row, number) -> new Newest(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** One line each. */
    public List<String> deadLetters(int most) {
        return database.client()
                .sql(
                        "select id, flow, stage, class, error from dead_letter where replayed_at is null order by id limit :most")
                .param("most", most)
                .query((row, number) -> row.getLong("id") + " (" + row.getString("flow") + ", " + row.getString("class")
                        + "): " + row.getString("error"))
                .list();
    }

    /** How far work since then has come: findings read, writes that ServiceNow has, groups that are still owed. */
    public record Progressed(long read, long written, long owed) {}

    public Progressed progressSince(Newest before) {
        return database.client()
                .sql(
                        """
                        select (select coalesce(sum(read_count), 0) from run where id > :run) as read_count,
                            (select count(*) from action where id > :write and state in ('written', 'done')) as written,
                            (select count(*) from finding_group where pending) as owed""")
                .param("run", before.run())
                .param("write", before.write())
                .query((row, number) ->
                        new Progressed(row.getLong("read_count"), row.getLong("written"), row.getLong("owed")))
                .single();
    }

    /** How many groups a breaker or an open circuit holds, by flow. */
    public Map<String, Long> held() {
        return counts("held >= ''");
    }

    public long deadCount() {
        return database.client()
                .sql("select count(*) from dead_letter where replayed_at is null")
                .query(Long.class)
                .single();
    }
}
