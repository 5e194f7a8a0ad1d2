package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.run.Run;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.ledger.ticket.GroupLock;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Gives dead letters another try, as a run of its own (P20). A group is owed again and takes the usual way, intent and look-up
 * included, so that nothing is opened twice; its letter is done with when its ticket went through, or takes the place of this
 * one. A record is read again, and its letter is done with when its page is kept.
 */
public final class Replays {
    private final LedgerDatabase database;
    private final Runs runs;
    private final DeadLetters letters;
    private final Clock clock;
    private final History history;

    public Replays(LedgerDatabase database, Runs runs, DeadLetters letters, History history, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.letters = letters;
        this.clock = clock;
        this.history = history;
    }

    /** Begins the replay of letters of the exchange's flow: what has a group is owed again. */
    public void begin(Exchange exchange, List<DeadLetter> replayed) {
        PassOf pass = new PassOf(exchange);
        Run run = runs.beginBeside(pass.flow(), "replay of " + replayed.size() + " dead letters");
        pass.replays(run);
        replayed.stream().filter(letter -> letter.groupId() != null).forEach(letter -> owe(letter, run));
    }

    /** Everything of it is kept. What was read from raw text proves nothing by absence (P11). */
    public void end(Exchange exchange, List<DeadLetter> replayed) {
        Run run = new PassOf(exchange).run();
        run.incomplete();
        // Its last page may be on its way still: letters are closed once what they hold is in the ledger.
        run.awaitWorkers();
        replayed.stream().filter(letter -> letter.stage().equals("read")).forEach(letter -> letters.close(letter.id()));
        runs.endReading(run);
    }

    private void owe(DeadLetter letter, Run run) {
        database.transaction().executeWithoutResult(status -> {
            GroupLock.take(database, letter.groupId());
            if (letter.stage().equals("sync")) {
                resync(letter);
            }
            // Once its ticket went through, no letter of the group is left: what another one says is owed as well.
            boolean notTaken = letters.open().has(letter.groupId(), DeadLetters.NOT_TAKEN);
            if (notTaken) {
                forgetWhatWasSent(letter.groupId());
            }
            boolean again = notTaken || letter.kind().equals(DeadLetters.REFUSED_FILE);
            // Whoever works on it has read what was so before: it notes nothing of it any more, and its lease runs out.
            database.client()
                    .sql(
                            """
                            update finding_group set pending = true, dead = false, held = null, attempts = 0, due_at = :now,
                                run_id = :run, again = (again or :again),
                                fence = fence + case when lease_until > :now then 1 else 0 end
                            where id = :group""")
                    .param("now", Times.sql(clock.instant()))
                    .param("run", run.id())
                    .param("again", again)
                    .param("group", letter.groupId())
                    .update();
            history.ofGroups(
                    List.of(letter.groupId()), run.id(), "replayed", "dead letter " + letter.id() + " is replayed");
        });
    }

    /** Both sides are looked at again, and the note is one that the source never saw. A new refusal is a new letter. */
    private void resync(DeadLetter letter) {
        database.client()
                .sql(
                        "delete from carried where group_id = :group and generation = :generation and note_id = :note and state = 'refused'")
                .param("group", letter.groupId())
                .param("generation", letter.generation())
                .param("note", letter.noteId() == null ? "" : letter.noteId())
                .update();
        database.client()
                .sql("update pair set seen_mark = '?' where group_id = :group and generation = :generation")
                .param("group", letter.groupId())
                .param("generation", letter.generation())
                .update();
        letters.close(letter.id());
    }

    /** ServiceNow holds the record without all of what was sent: every column is sent once more. */
    private void forgetWhatWasSent(UUID group) {
        database.client()
                .sql(
                        "select generation, sent_fields from ticket where group_id = :group order by generation desc limit 1")
                .param("group", group)
                .query((row, number) -> Map.entry(row.getInt(1), Json.fields(row.getString(2))))
                .optional()
                .ifPresent(ticket -> {
                    Map<String, String> sent = ticket.getValue();
                    sent.keySet().retainAll(List.of("correlation_id", "correlation_display"));
                    database.client()
                            .sql(
                                    "update ticket set sent_fields = :fields where group_id = :group and generation = :generation")
                            .param("fields", Json.write(sent))
                            .param("group", group)
                            .param("generation", ticket.getKey())
                            .update();
                });
    }
}
