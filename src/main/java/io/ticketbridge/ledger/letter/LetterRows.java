package io.ticketbridge.ledger.letter;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Writes the rows of dead letters: no secret is in them, and no text is longer than its column. */
final class LetterRows {
    private final LedgerDatabase database;
    private final Clock clock;
    private final UnaryOperator<String> masked;

    /** @param masked takes secrets out of a text before it is kept (P37) */
    LetterRows(LedgerDatabase database, Clock clock, UnaryOperator<String> masked) {
        this.database = database;
        this.clock = clock;
        this.masked = masked;
    }

    void insert(
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
        return text == null ? null : Text.cut(masked.apply(text), DeadLetters.LONGEST_RAW);
    }

    /** The letters of the same record that scans before this one left, and those of this one that say the same. */
    void forgetFormer(String flow, long runId, String raw, UUID digest) {
        formerOf(flow, runId, raw, digest).forEach(this::forget);
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
}
