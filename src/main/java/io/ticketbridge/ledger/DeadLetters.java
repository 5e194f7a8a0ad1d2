package io.ticketbridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What could not be read or was refused for good: kept with its cause until it is replayed (P4, P20). */
public final class DeadLetters {
    private static final int LONGEST_RAW = 65_536;
    private static final String NOT_ALLOWED = "not-allowed";

    /**
     * @param stage where it died: {@code read}, {@code deliver} or {@code sync}
     * @param kind the class by which dead letters are replayed together
     */
    public record DeadLetter(
            long id, String flow, String stage, String kind, UUID groupId, String error, String raw, Instant diedAt) {}

    private final LedgerDatabase database;
    private final Clock clock;

    public DeadLetters(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public void unreadable(String flow, Long runId, String kind, String error, String raw) {
        add(flow, runId, "read", kind, null, error, raw);
    }

    /** Vision One refused a change or a note that came from ServiceNow. */
    public void unsynced(String flow, Long runId, String error, String what) {
        add(flow, runId, "sync", "refused-by-source", null, error, what);
    }

    /** Vision One's token may not do this: one letter for each thing that it may not, until it may. */
    public void notAllowed(String flow, Long runId, String error, String what) {
        database.transaction().executeWithoutResult(status -> {
            allowed(flow, what);
            add(flow, runId, "sync", NOT_ALLOWED, null, error, what);
        });
    }

    /** It may, after all: what was refused follows with the next look at the two. */
    public void allowed(String flow, String what) {
        database.client()
                .sql(
                        "update dead_letter set replayed_at = :now where replayed_at is null and class = :kind and flow = :flow and raw = :what")
                .param("now", Times.sql(clock.instant()))
                .param("kind", NOT_ALLOWED)
                .param("flow", flow)
                .param("what", what)
                .update();
    }

    /** One letter per group: a refusal that repeats replaces the one before. */
    public void refused(String flow, long runId, String kind, UUID group, String error, String request) {
        database.transaction().executeWithoutResult(status -> {
            database.client()
                    .sql("delete from dead_letter where group_id = :group and replayed_at is null")
                    .param("group", group)
                    .update();
            add(flow, runId, "deliver", kind, group, error, request);
        });
    }

    private void add(String flow, Long runId, String stage, String kind, UUID group, String error, String raw) {
        database.client()
                .sql(
                        """
                        insert into dead_letter (flow, run_id, stage, class, group_id, error, raw, died_at)
                        values (:flow, :run, :stage, :kind, :group, :error, :raw, :now)""")
                .param("flow", flow)
                .param("run", runId, java.sql.Types.BIGINT)
                .param("stage", stage)
                .param("kind", kind)
                .param("group", group, java.sql.Types.OTHER)
                .param("error", Text.cut(error, 4000))
                .param("raw", Text.cut(raw, LONGEST_RAW), java.sql.Types.VARCHAR)
                .param("now", Times.sql(clock.instant()))
                .update();
    }

    /** Those that nobody has replayed, the oldest first. */
    public List<DeadLetter> open(int most) {
        return database.client()
                .sql("select * from dead_letter where replayed_at is null order by id limit :most")
                .param("most", most)
                .query((row, number) -> new DeadLetter(
                        row.getLong("id"),
                        row.getString("flow"),
                        row.getString("stage"),
                        row.getString("class"),
                        row.getObject("group_id", UUID.class),
                        row.getString("error"),
                        row.getString("raw"),
                        Times.of(row, "died_at")))
                .list();
    }

    public long count() {
        return database.client()
                .sql("select count(*) from dead_letter where replayed_at is null")
                .query(Long.class)
                .single();
    }

    /** The group's ticket went through after all. */
    public void settle(UUID group) {
        database.client()
                .sql("update dead_letter set replayed_at = :now where group_id = :group and replayed_at is null")
                .param("now", Times.sql(clock.instant()))
                .param("group", group)
                .update();
    }
}
