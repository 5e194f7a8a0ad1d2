package io.ticketbridge.ledger;

import io.ticketbridge.ticket.GroupState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What could not be read or was refused for good: kept with cause, request and answer until it is replayed (P4, P20). */
public final class DeadLetters {
    /** In characters: what is longer is cut. */
    static final int LONGEST_RAW = 65_536;

    /** The class of files that ServiceNow refused. */
    public static final String REFUSED_FILE = "refused-file";

    /** The class of columns that ServiceNow did not keep. */
    static final String NOT_TAKEN = "not-taken";

    private static final String NOT_ALLOWED = "not-allowed";

    /**
     * @param runId of the run that it died in, 0 if in none
     * @param stage where it died: {@code read}, {@code deliver} or {@code sync}
     * @param kind the class by which dead letters are replayed together
     * @param groupId the group whose ticket it is about, or null
     * @param generation of the ticket that a change at the source came from, or null
     * @param noteId the note or file that the source refused, or null
     * @param raw the record as it came, or what was sent; no secret is in it
     * @param answer what the other system answered, or null
     */
    public record DeadLetter(
            long id,
            String flow,
            long runId,
            String stage,
            String kind,
            UUID groupId,
            Integer generation,
            String noteId,
            String error,
            String raw,
            String answer,
            Instant diedAt) {}

    private final LedgerDatabase database;
    private final Clock clock;
    private final UnaryOperator<String> masked;

    /** For reading. */
    public DeadLetters(LedgerDatabase database, Clock clock) {
        this(database, clock, text -> text);
    }

    /** @param masked takes secrets out of a text before it is kept (P37) */
    public DeadLetters(LedgerDatabase database, Clock clock, UnaryOperator<String> masked) {
        this.database = database;
        this.clock = clock;
        this.masked = masked;
    }

    /**
     * One letter per record: one that can't be used at each scan replaces its own of the scans before. Of what one scan says differently
     * of one thing, each is kept.
     *
     * @param digest stands for the record, whenever it is read
     */
    public void unreadable(String flow, long runId, String kind, String error, String raw, UUID digest) {
        database.transaction().executeWithoutResult(status -> {
            formerOf(flow, runId, raw, digest).forEach(this::forget);
            add(flow, runId, "read", kind, null, null, null, error, raw, null, digest);
        });
    }

    /**
     * Vision One refused a change or a note that came from a ticket.
     *
     * @param note the note's or file's id, or null if it refused fields
     */
    public void unsynced(
            String flow,
            long runId,
            UUID group,
            int generation,
            String note,
            String error,
            String request,
            String answer) {
        add(flow, runId, "sync", "refused-by-source", group, generation, note, error, request, answer, null);
    }

    /**
     * ServiceNow refused a file of a ticket that is kept in step, and the rest went on: one letter for each file.
     *
     * @param file its id
     */
    public void fileRefused(
            GroupState group, int generation, String file, String error, String request, String answer) {
        database.transaction().executeWithoutResult(status -> {
            database.client()
                    .sql(
                            """
                            delete from dead_letter where group_id = :group and generation = :generation and note_id = :file
                                and class = :kind and replayed_at is null""")
                    .param("group", group.id())
                    .param("generation", generation)
                    .param("file", Text.cut(file, 200))
                    .param("kind", REFUSED_FILE)
                    .update();
            add(
                    group.flow(),
                    group.runId(),
                    "sync",
                    REFUSED_FILE,
                    group.id(),
                    generation,
                    file,
                    error,
                    request,
                    answer,
                    null);
        });
    }

    public void refused(String flow, long runId, String kind, UUID group, String error, String request) {
        refused(flow, runId, kind, group, error, request, null);
    }

    /** Vision One's token may not do this: one letter for each thing that it may not, until it may. */
    public void notAllowed(String flow, Long runId, UUID group, int generation, String error, String what) {
        database.transaction().executeWithoutResult(status -> {
            allowed(flow, what);
            add(flow, runId, "sync", NOT_ALLOWED, group, generation, null, error, what, null, null);
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

    /**
     * One letter per group, and one for its files: a refusal that repeats replaces the one before. A refused file says nothing of
     * columns that were not taken, and they nothing of it.
     */
    public void refused(String flow, long runId, String kind, UUID group, String error, String request, String answer) {
        database.transaction().executeWithoutResult(status -> {
            database.client()
                    .sql(
                            """
                            delete from dead_letter where group_id = :group and stage = 'deliver' and replayed_at is null
                              and (class = :file) = :isFile""")
                    .param("group", group)
                    .param("file", REFUSED_FILE)
                    .param("isFile", kind.equals(REFUSED_FILE))
                    .update();
            add(flow, runId, "deliver", kind, group, null, null, error, request, answer, null);
        });
    }

    private List<Long> formerOf(String flow, long runId, String raw, UUID digest) {
        return database
                .client()
                .sql(
                        """
                        select id, run_id, raw from dead_letter
                        where flow = :flow and digest = :digest and stage = 'read' and replayed_at is null""")
                .param("flow", flow)
                .param("digest", digest)
                .query((row, number) ->
                        row.getLong("run_id") != runId || kept(raw).equals(row.getString("raw"))
                                ? row.getLong("id")
                                : null)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private void forget(long id) {
        database.client()
                .sql("delete from dead_letter where id = :id")
                .param("id", id)
                .update();
    }

    private void add(
            String flow,
            Long runId,
            String stage,
            String kind,
            UUID group,
            Integer generation,
            String note,
            String error,
            String raw,
            String answer,
            UUID digest) {
        database.client()
                .sql(
                        """
                        insert into dead_letter (flow, run_id, stage, class, group_id, generation, note_id, error, raw, answer,
                            digest, died_at)
                        values (:flow, :run, :stage, :kind, :group, :generation, :note, :error, :raw, :answer, :digest, :now)""")
                .param("flow", flow)
                .param("run", runId, Types.BIGINT)
                .param("stage", stage)
                .param("kind", kind)
                .param("group", group, Types.OTHER)
                .param("generation", generation, Types.INTEGER)
                .param("note", Text.cut(note, 200), Types.VARCHAR)
                .param("error", Text.cut(masked.apply(error), 4000))
                .param("raw", kept(raw), Types.VARCHAR)
                .param("answer", kept(answer), Types.VARCHAR)
                .param("digest", digest, Types.OTHER)
                .param("now", Times.sql(clock.instant()))
                .update();
    }

    private String kept(String text) {
        return text == null ? null : Text.cut(masked.apply(text), LONGEST_RAW);
    }

    /** Those that nobody has replayed, the oldest first. */
    public List<DeadLetter> open(int most) {
        return open(Choice.ALL, 0, most);
    }

    /**
     * Those of the choice that nobody has replayed, the oldest first.
     *
     * @param after only letters with a greater number
     */
    public List<DeadLetter> open(Choice choice, long after, int most) {
        return database.client()
                .sql(
                        "select " + Columns.DEAD_LETTER + " "
                                + """
                        from dead_letter where replayed_at is null and id > :after
                          and (class = :kind or :kind = '') and (id in (:ids) or :all)
                        order by id limit :most""")
                .param("after", after)
                .param("kind", choice.kind())
                .param("ids", choice.ids().isEmpty() ? List.of(0L) : choice.ids())
                .param("all", choice.ids().isEmpty())
                .param("most", most)
                .query((row, number) -> letter(row))
                .list();
    }

    /** Records that died before the run began and that nobody has replayed, the oldest first. */
    List<DeadLetter> openBefore(Run run, long after, int most) {
        return database.client()
                .sql(
                        "select " + Columns.DEAD_LETTER + " "
                                + """
                        from dead_letter where replayed_at is null and id > :after
                          and flow = :flow and stage = 'read' and run_id < :run
                        order by id limit :most""")
                .param("after", after)
                .param("flow", run.flow())
                .param("run", run.id())
                .param("most", most)
                .query((row, number) -> letter(row))
                .list();
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("flow"),
                row.getLong("run_id"),
                row.getString("stage"),
                row.getString("class"),
                row.getObject("group_id", UUID.class),
                row.getObject("generation", Integer.class),
                row.getString("note_id"),
                row.getString("error"),
                row.getString("raw"),
                row.getString("answer"),
                Times.of(row, "died_at"));
    }

    /** The numbers of those of the choice that nobody has replayed. */
    public List<Long> numbers(Choice choice) {
        return chosen("select id from dead_letter ", choice).query(Long.class).list();
    }

    /** The flows that those are of. */
    public Set<String> flows(Choice choice) {
        return new TreeSet<>(chosen("select flow from dead_letter ", choice)
                .query(String.class)
                .list());
    }

    private JdbcClient.StatementSpec chosen(String select, Choice choice) {
        return database.client()
                .sql(
                        select
                                + """
                        where replayed_at is null and (class = :kind or :kind = '')
                          and (id in (:ids) or :all) order by id""")
                .param("kind", choice.kind())
                .param("ids", choice.ids().isEmpty() ? List.of(0L) : choice.ids())
                .param("all", choice.ids().isEmpty());
    }

    /**
     * Which dead letters are meant.
     *
     * @param ids their numbers; empty for all
     * @param kind their class; empty for any
     */
    public record Choice(List<Long> ids, String kind) {
        public static final Choice ALL = new Choice(List.of(), "");

        public Choice {
            ids = List.copyOf(ids);
        }
    }

    public long count() {
        return database.client()
                .sql("select count(*) from dead_letter where replayed_at is null")
                .query(Long.class)
                .single();
    }

    /** The greatest number there is, 0 if none. */
    public long newest() {
        return database.client()
                .sql("select coalesce(max(id), 0) from dead_letter")
                .query(Long.class)
                .single();
    }

    /** How many there are of each class, by class. */
    public Map<String, Long> countByClass() {
        Map<String, Long> counts = new TreeMap<>();
        database.jdbc()
                .query("select class, count(*) from dead_letter where replayed_at is null group by class", row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /** The group's ticket went through after all. What its case refused is another matter. */
    public void settle(UUID group) {
        database.client()
                .sql(
                        "update dead_letter set replayed_at = :now where group_id = :group and stage = 'deliver' and replayed_at is null")
                .param("now", Times.sql(clock.instant()))
                .param("group", group)
                .update();
    }

    /** Whether nobody has replayed one of that class for the group. */
    boolean isOpen(UUID group, String kind) {
        return database.client()
                        .sql(
                                "select count(*) from dead_letter where group_id = :group and class = :kind and replayed_at is null")
                        .param("group", group)
                        .param("kind", kind)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The letter is done with without a replay. */
    void close(DeadLetter letter, String why) {
        database.client()
                .sql("update dead_letter set replayed_at = :now, error = :error where id = :id and replayed_at is null")
                .param("now", Times.sql(clock.instant()))
                .param("error", Text.cut(why + ". " + letter.error(), 4000))
                .param("id", letter.id())
                .update();
    }

    /** The letter is done with: replayed, or put aside by a person. */
    public void close(long id) {
        database.client()
                .sql("update dead_letter set replayed_at = :now where id = :id and replayed_at is null")
                .param("now", Times.sql(clock.instant()))
                .param("id", id)
                .update();
    }
}
