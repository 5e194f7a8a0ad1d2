package io.ticketbridge.ledger;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws up the account of a run: gives each finding that was news the outcome of its group, by the strongest where it has several. */
public final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final List<String> ACTIONS = List.of("opened", "updated", "reopened", "resolved");

    /** result 0 is FAIL, 1 PASS, 3 SUPPRESSED; a pass or a suppression only has that outcome where a ticket covered it. */
    private static final String OUTCOMES =
            """
            select id,
                case
                    when result = 3 then 7
                    when result = 1 then case when kind is null then 9 else 4 end
                    when kind = 'opened' then 1
                    when kind = 'reopened' then 2
                    when kind in ('updated', 'resolved') then 3
                    when held is not null or %s then 5
                    when dead then 6
                    else 9
                end as strength, run_id
            from (
                select f.id, f.result, f.run_id, g.held, g.dead, g.pending and f.version > g.settled as owed,
                    (select a.kind from action a
                        where a.group_id = f.group_id and a.version >= f.version and a.state in ('written', 'done')
                        order by a.id limit 1) as kind
                from finding f join finding_group g on g.id = f.group_id%s) as news""";

    /** Of a run whose account is still open, also what is owed counts as held: it has to add up at all times. */
    static final String NEWS = OUTCOMES.formatted("owed", " where f.run_id = ?");

    /** Of findings by their ids, as far as they are news of a run whose account is open. */
    static final String OPEN_NEWS = OUTCOMES.formatted(
            "false",
            " join run r on r.id = f.run_id where f.id = any(?) and r.flow = ? and r.state in ('read', 'delivering')");

    /**
     * Whether a run owes nothing any more: no group is owed as its work, and none of its findings waits for its group. Asked of the groups
     * that are owed, of which there are few at the end; by a finding's group, never by its run, which may have a million.
     */
    static final String IS_THROUGH =
            """
            r.state = 'delivering' and not exists (select 1 from finding_group g
                where g.pending = true and g.flow = r.flow and (g.run_id = r.id or exists (select 1 from finding f
                    where f.group_id = g.id and f.version > g.settled and coalesce(f.run_id, 0) = r.id)))""";

    static final String WRITTEN = "select group_id from action where run_id = ? and state = 'done'";

    static final String OPEN = "select group_id from ticket where flow = ? and phase = 'OPEN'";

    /** Of the run before, if its account is closed. */
    static final String FAILING_BEFORE =
            "select failing_count from run where flow = :flow and id < :run order by flow desc, id desc limit 1";

    static final String FAILING =
            """
            select f.id from finding f join finding_group g on g.id = f.group_id
            where g.flow = ? and g.grouping <> 'storm' and f.result = 0""";

    static final Map<Integer, String> BY_STRENGTH = Map.of(
            1,
            "opened",
            2,
            "reopened",
            3,
            "updated",
            4,
            "resolved",
            5,
            "held",
            6,
            "dead",
            7,
            "suppressed",
            9,
            "unchanged");

    private final LedgerDatabase database;
    private final RunListener listener;
    private final Clock clock;

    public Accounts(LedgerDatabase database, RunListener listener, Clock clock) {
        this.database = database;
        this.listener = listener;
        this.clock = clock;
    }

    /** Closes a run whose deliveries are through, and keeps its account. One that does not add up is an error (P5). */
    public Account close(long runId) {
        Account account = of(runId).ended();
        int closed = database.client()
                .sql(
                        "update run set state = 'done', ended_at = :now, account = :account, error = :error, failing_count = :failing where id = :id and state = 'delivering'")
                .param("now", Times.sql(clock.instant()))
                .param("account", Json.write(account.asMap()))
                .param("error", account.error(), java.sql.Types.VARCHAR)
                .param("failing", failing(account), java.sql.Types.BIGINT)
                .param("id", runId)
                .update();
        if (closed > 0) {
            listener.accountClosed(account);
        }
        if (!account.addsUp()) {
            LOG.error(
                    "A run failed: {}. run={} flow={} account={}",
                    account.error(),
                    runId,
                    account.flow(),
                    account.asMap());
        }
        return account;
    }

    /** The account of a run that owes nothing any more: it is closed, or was by another process. Empty while it owes something, or has none. */
    Optional<Account> closeSettled(long runId) {
        return database.client()
                .sql(
                        """
                        select r.id, r.flow, r.scan, r.state, r.account, r.error from run r
                        where r.id = :id and (r.state = 'done' or %s)"""
                                .formatted(IS_THROUGH))
                .param("id", runId)
                .query((row, number) -> row.getString("state").equals("done")
                        ? Optional.of(Account.kept(
                                runId,
                                row.getString("flow"),
                                row.getString("scan"),
                                Json.map(row.getString("account")),
                                row.getString("error")))
                        : Optional.<Account>empty())
                .optional()
                .map(kept -> kept.orElseGet(() -> close(runId)));
    }

    /** How many findings of the flow fail now; where the run changed nothing, as many as before. */
    private Long failing(Account account) {
        Long before = account.isNews()
                ? null
                : database.client()
                        .sql(FAILING_BEFORE)
                        .param("flow", account.flow())
                        .param("run", account.run())
                        .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                        .optional()
                        .flatMap(figure -> figure)
                        .orElse(null);
        return before != null ? before : failing(account.flow());
    }

    private long failing(String flow) {
        Identities failing = new Identities();
        Streamed.rows(database, FAILING, row -> failing.add(row.getObject(1, UUID.class)), flow);
        return failing.size();
    }

    /** The account as things stand. */
    public Account of(long runId) {
        Map<String, Long> findings = new LinkedHashMap<>();
        Account.OUTCOMES.forEach(outcome -> findings.put(outcome, 0L));
        // One question after the other: a second connection, asked for while a first is held, may be one that others
        // hold likewise.
        Map<String, Long> tickets = tickets(runId, flowOf(runId));
        Account run = database.client()
                .sql("select " + Columns.RUN + " from run where id = :id")
                .param("id", runId)
                .query((row, number) -> {
                    findings.put("unchanged", row.getLong("unchanged_count"));
                    findings.put("inconclusive", row.getLong("inconclusive_count"));
                    findings.put("suppressed", row.getLong("suppressed_count"));
                    findings.put("filtered", row.getLong("filtered_count"));
                    findings.put("dead", row.getLong("dead_count"));
                    Handovers.kept(row.getString("state"), row.getString("account"))
                            .forEach((outcome, count) -> findings.merge(outcome, count, Long::sum));
                    return new Account(
                            runId,
                            row.getString("flow"),
                            row.getString("scan"),
                            row.getString("state"),
                            row.getLong("read_count"),
                            findings,
                            row.getLong("absent_count"),
                            tickets,
                            row.getString("error"));
                })
                .single();
        Strongest outcomes = new Strongest();
        Streamed.rows(database, NEWS, row -> outcomes.add(row.getObject(1, UUID.class), row.getInt(2)), runId);
        outcomes.counts().forEach((strength, count) -> findings.merge(BY_STRENGTH.get(strength), count, Long::sum));
        return run;
    }

    private String flowOf(long runId) {
        return database.client()
                .sql("select flow from run where id = :id")
                .param("id", runId)
                .query(String.class)
                .single();
    }

    private Map<String, Long> tickets(long runId, String flow) {
        Map<String, Long> tickets = new LinkedHashMap<>();
        ACTIONS.forEach(action -> tickets.put(action, 0L));
        database.jdbc()
                .query(
                        "select kind, count(*) from action where run_id = ? and state = 'done' group by kind",
                        row -> {
                            tickets.put(row.getString(1), row.getLong(2));
                        },
                        runId);
        tickets.put("unchanged", leftAlone(runId, flow));
        return tickets;
    }

    /**
     * Open tickets that the run did not write to; the summary ticket is none. They are told apart here: where its statistics are of
     * before the tickets, PostgreSQL compares each of them with each write.
     */
    private long leftAlone(long runId, String flow) {
        Identities written = new Identities();
        written.add(Storms.groupOf(flow));
        Streamed.rows(database, WRITTEN, row -> written.add(row.getObject(1, UUID.class)), runId);
        long[] leftAlone = {0};
        Streamed.rows(
                database, OPEN, row -> leftAlone[0] += written.find(row.getObject(1, UUID.class)) < 0 ? 1 : 0, flow);
        return leftAlone[0];
    }
}
