package io.ticketbridge.ledger;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Forgets what is over, as the settings say. What is to be kept of it, by them or for what is not over, is said here alone. */
public final class Retention {
    /** Rows of one statement: none may take longer than a connection waits for its answer, however much there is to forget. */
    private static final int ROWS = 10_000;

    private static final String NOT_NEEDED =
            """
            not exists (select 1 from finding_group g where g.id = %1$s.group_id and g.pending)
            and not exists (select 1 from ticket t where t.group_id = %1$s.group_id and t.phase in ('INTENDED', 'OPEN'))""";

    private final LedgerDatabase database;
    private final Clock clock;
    private final int rows;

    public Retention(LedgerDatabase database, Clock clock) {
        this(database, clock, ROWS);
    }

    Retention(LedgerDatabase database, Clock clock, int rows) {
        this.database = database;
        this.clock = clock;
        this.rows = rows;
    }

    /**
     * Forgets findings that no longer fail, what happened to them, and what was sent with each write that has ended and what was answered.
     * That there was a write, why, and under which reference stays: by that a note is known as ours, however old it is (P25).
     *
     * @param days for which it is kept after it ended
     */
    public void forgetFindings(int days) {
        Map<String, Object> before = before(days);
        delete(
                "finding",
                "id",
                "result in (1, 2) and changed_at < :before and accepted_in is null and "
                        + NOT_NEEDED.formatted("finding"),
                before);
        delete("event", "id", "at < :before and " + NOT_NEEDED.formatted("event"), before);
        forgetTexts("action", "ended_at < :before and state in ('done', 'refused', 'withdrawn')", before);
        forgetTexts("source_write", "sent_at < :before", before);
    }

    /**
     * Forgets runs, but of each flow the last that came to its end; bodies that were sent; comparisons, but the last; and what was doubted.
     *
     * @param days for which they are kept after they ended
     */
    public void forgetRuns(int days) {
        Map<String, Object> before = before(days);
        delete(
                "run",
                "id",
                """
                ended_at < :before and state in ('done', 'failed', 'interrupted') and id not in (:kept)
                and not exists (select 1 from finding_group g where g.run_id = run.id and g.pending)""",
                keeping("select max(id) from run where state = 'done' group by flow", before));
        delete("intake", "number", "ended_at < :before and state in ('read', 'failed')", before);
        delete(
                "intake_part",
                "intake_id",
                "not exists (select 1 from intake i where i.id = intake_part.intake_id)",
                Map.of());
        delete(
                "reconciliation",
                "id",
                "at < :before and id not in (:kept)",
                keeping("select max(id) from reconciliation group by flow", before));
        delete("identity_doubt", "id", "seen_at < :before", before);
    }

    /** @param days for which a dead letter is kept after it was replayed */
    public void forgetDeadLetters(int days) {
        delete("dead_letter", "id", "replayed_at < :before", before(days));
    }

    private Map<String, Object> before(int days) {
        return Map.of("before", Times.sql(clock.instant().minus(Duration.ofDays(days))));
    }

    /** Asked once, and not with each part. What comes later is too young to be forgotten. */
    private Map<String, Object> keeping(String last, Map<String, Object> parameters) {
        List<Long> kept =
                new ArrayList<>(database.client().sql(last).query(Long.class).list());
        kept.add(0L);
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("kept", kept);
        return all;
    }

    private void delete(String table, String key, String which, Map<String, Object> parameters) {
        inParts(table, key, "delete from " + table, which, parameters);
    }

    private void forgetTexts(String table, String which, Map<String, Object> parameters) {
        inParts(
                table,
                "id",
                "update " + table + " set request = null, answer = null",
                which + " and (request is not null or answer is not null)",
                parameters);
    }

    /** Along the keys: each row is looked at once, and each part is a transaction of its own. */
    private void inParts(String table, String key, String change, String which, Map<String, Object> parameters) {
        Object done = null;
        do {
            String from = done == null ? "1 = 1" : key + " > :done";
            Map<String, Object> bounds = new HashMap<>(parameters);
            bounds.put("done", done);
            Object last = end(table, key, from, done);
            bounds.put("last", last);
            String until = last == null ? "" : " and " + key + " <= :last";
            database.client()
                    .sql(change + " where " + from + until + " and " + which)
                    .params(bounds)
                    .update();
            done = last;
        } while (done != null);
    }

    /** The key of the last row of a part; null of the last part, which ends where the table does. */
    private Object end(String table, String key, String from, Object done) {
        return database.client()
                .sql("select " + key + " from " + table + " where " + from + " order by " + key
                        + " offset :others rows fetch next 1 rows only")
                .param("done", done)
                .param("others", rows - 1)
                .query((row, number) -> row.getObject(1))
                .optional()
                .orElse(null);
    }
}
