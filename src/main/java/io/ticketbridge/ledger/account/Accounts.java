package io.ticketbridge.ledger.account;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Streamed;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.identity.Identities;
import java.sql.Types;
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

    /** Each time a page came between; more often only where one page follows the other, and then there is no hurry. */
    private static final int TRIES = 3;

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

    /** Of findings by their ids, whatever run they are news of. */
    static final String OF_FINDINGS = OUTCOMES.formatted("false", " where f.id = any(?)");

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

    /** What a run's row says of findings that later runs took over: it grows with each. */
    private record HandedOver(long unchanged, String kept) {}

    private final LedgerDatabase database;
    private final RunListener listener;
    private final Clock clock;

    public Accounts(LedgerDatabase database, RunListener listener, Clock clock) {
        this.database = database;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Closes a run whose deliveries are through, and keeps its account. One that does not add up is an error (P5).
     *
     * @return empty if another process closed it first, or if pages change its findings all the time: it is open then
     */
    public Optional<Account> close(long runId) {
        for (int i = 0; i < TRIES; i++) {
            HandedOver before = handedOver(runId);
            Account account = of(runId).ended();
            if (close(account, before)) {
                listener.accountClosed(account);
                reportUnlessItAddsUp(account);
                return Optional.of(account);
            }
        }
        return Optional.empty();
    }

    /**
     * Only while it is as it was before the account was drawn up: a page that takes findings over writes to the run's row. To lock the row
     * for as long would stop pages and deliveries, and H2 would give the lock up where rows are streamed.
     */
    private boolean close(Account account, HandedOver before) {
        return database.client()
                        .sql(
                                """
                                update run set state = 'done', ended_at = :now, account = :account, error = :error, failing_count = :failing
                                where id = :id and state = 'delivering' and unchanged_count = :unchanged
                                    and coalesce(cast(account as varchar), '') = :kept""")
                        .param("now", Times.sql(clock.instant()))
                        .param("account", Json.write(account.asMap()))
                        .param("error", account.error(), Types.VARCHAR)
                        .param("failing", failing(account), Types.BIGINT)
                        .param("id", account.run())
                        .param("unchanged", before.unchanged())
                        .param("kept", before.kept())
                        .update()
                > 0;
    }

    private HandedOver handedOver(long runId) {
        return database.client()
                .sql("select unchanged_count, coalesce(cast(account as varchar), '') from run where id = :id")
                .param("id", runId)
                .query((row, number) -> new HandedOver(row.getLong(1), row.getString(2)))
                .single();
    }

    private static void reportUnlessItAddsUp(Account account) {
        if (!account.addsUp()) {
            LOG.error(
                    "A run failed: {}. run={} flow={} account={}",
                    account.error(),
                    account.run(),
                    account.flow(),
                    account.asMap());
        }
    }

    /** As it was closed, here or by another process. Empty while it is open, or where it has none. */
    Optional<Account> closed(long runId) {
        return database.client()
                .sql(
                        "select flow, scan, account, error from run where id = :id and state = 'done' and account is not null")
                .param("id", runId)
                .query((row, number) -> Account.kept(
                        runId,
                        row.getString("flow"),
                        row.getString("scan"),
                        Json.map(row.getString("account")),
                        row.getString("error")))
                .optional();
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
