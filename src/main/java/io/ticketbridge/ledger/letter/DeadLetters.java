package io.ticketbridge.ledger.letter;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What could not be read or was refused for good: kept with cause, request and answer until it is replayed (P4, P20). */
public final class DeadLetters {
    /** In characters: what is longer is cut. */
    static final int LONGEST_RAW = 65_536;

    /** The class of files that ServiceNow refused. */
    public static final String REFUSED_FILE = "refused-file";

    /** The class of columns that ServiceNow did not keep. */
    public static final String NOT_TAKEN = "not-taken";

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

    private final LedgerDatabase database;
    private final Clock clock;
    private final LetterRows rows;
    private final OpenLetters open;

    /** For what has no secrets, or keeps no text. */
    public DeadLetters(LedgerDatabase database, Clock clock) {
        this(database, clock, text -> text);
    }

    /** @param masked takes secrets out of a text before it is kept (P37) */
    public DeadLetters(LedgerDatabase database, Clock clock, UnaryOperator<String> masked) {
        this.database = database;
        this.clock = clock;
        this.rows = new LetterRows(database, clock, masked);
        this.open = new OpenLetters(database);
    }

    /** Those that nobody has replayed. */
    public OpenLetters open() {
        return open;
    }

    /**
     * One letter per record: one that can't be used at each scan replaces its own of the scans before. Of what one scan says differently
     * of one thing, each is kept.
     *
     * @param digest stands for the record, whenever it is read
     */
    public void unreadable(String flow, long runId, String kind, String error, String raw, UUID digest) {
        database.transaction().executeWithoutResult(status -> {
            rows.forgetFormer(flow, runId, raw, digest);
            rows.insert(flow, runId, "read", kind, null, null, null, error, raw, null, digest);
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
        rows.insert(flow, runId, "sync", "refused-by-source", group, generation, note, error, request, answer, null);
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
            rows.insert(
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
            rows.insert(flow, runId, "sync", NOT_ALLOWED, group, generation, null, error, what, null, null);
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
            rows.insert(flow, runId, "deliver", kind, group, null, null, error, request, answer, null);
        });
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

    /** The same, where nothing was written: columns that ServiceNow did not take are as they were. */
    public void settleButNotTaken(UUID group) {
        database.client()
                .sql(
                        """
                        update dead_letter set replayed_at = :now where group_id = :group and stage = 'deliver' and replayed_at is null
                          and (class <> :kind or raw is null or raw = '')""")
                .param("now", Times.sql(clock.instant()))
                .param("group", group)
                .param("kind", NOT_TAKEN)
                .update();
    }

    /** The letter is done with without a replay. */
    public void close(DeadLetter letter, String why) {
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
