package io.ticketbridge.ticket;

import io.ticketbridge.finding.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What brings a ticket and its case or alert into step.
 *
 * @param action UPDATE, REOPEN or RESOLVE for the ticket, or NOTHING
 * @param reason of the action
 * @param toServiceNow fields that the ticket gets, in Vision One's vocabulary
 * @param linesToServiceNow what the ticket's work note says, one a line
 * @param notesToServiceNow notes of the case that the ticket does not have yet
 * @param filesToServiceNow files of the case that the ticket does not have yet
 * @param toSource fields that the case or alert gets, in its vocabulary
 * @param toSourceReason why
 * @param lossesToSource what is noted on the case or alert before it gets its fields: after that the value is not found any more
 * @param notesToSource what is noted on the case or alert, oldest first
 * @param filesToSource files of the ticket that the case does not have yet
 * @param carried notes and files that are found to be on the other side already
 * @param agreed what both sides agree on once all of this is done; a ticket value that is null is what ServiceNow answers
 * @param problems what can't be carried over, each with its cure
 * @param ended why the two are no longer kept in step, if they are not
 */
public record SyncPlan(
        Action action,
        String reason,
        Map<SyncField, String> toServiceNow,
        List<String> linesToServiceNow,
        List<Note> notesToServiceNow,
        List<Sourced.SourceFile> filesToServiceNow,
        Map<SyncField, String> toSource,
        String toSourceReason,
        List<OwedNote> lossesToSource,
        List<OwedNote> notesToSource,
        List<TicketFile> filesToSource,
        List<String> carried,
        Agreement agreed,
        Instant sourceUpdatedAt,
        List<Problem> problems,
        Optional<String> ended) {

    /** Whether Vision One gets nothing. */
    public boolean leavesSourceAlone() {
        return toSource.isEmpty() && lossesToSource.isEmpty() && notesToSource.isEmpty() && filesToSource.isEmpty();
    }

    /**
     * The same, with columns that say the same of the source in other words.
     *
     * @param why the reason of a write that there would not be otherwise
     */
    public SyncPlan wordedAnew(Map<SyncField, String> words, String why) {
        Map<SyncField, String> fields = new EnumMap<>(SyncField.class);
        fields.putAll(toServiceNow);
        fields.putAll(words);
        Map<SyncField, Both> both = new EnumMap<>(SyncField.class);
        both.putAll(agreed.fields());
        words.forEach((field, source) -> both.put(field, new Both(source, null)));
        return writing(fields, linesToServiceNow, new Agreement(both, agreed.attributes(), agreed.columns()), why);
    }

    /** The same with one line more for the ticket, which is written to for that alone if need be. */
    public SyncPlan telling(String line) {
        List<String> lines = new ArrayList<>(linesToServiceNow);
        lines.add(line);
        return writing(toServiceNow, lines, agreed, line);
    }

    /** @param why the reason of a write that there would not be otherwise */
    private SyncPlan writing(Map<SyncField, String> fields, List<String> lines, Agreement agreement, String why) {
        boolean isWrite = action != Action.NOTHING;
        return new SyncPlan(
                isWrite ? action : Action.UPDATE,
                isWrite ? reason : why,
                fields,
                lines,
                notesToServiceNow,
                filesToServiceNow,
                toSource,
                toSourceReason,
                lossesToSource,
                notesToSource,
                filesToSource,
                carried,
                agreement,
                sourceUpdatedAt,
                problems,
                ended);
    }

    /** @param kind of the dead letter that says so */
    public record Problem(String kind, String text) {
        /** For want of a map. */
        public static Problem noMap(String text) {
            return new Problem("no-map", text);
        }

        /** ServiceNow dropped it silently (P17). */
        public static Problem notTaken(String text) {
            return new Problem("not-taken", text);
        }
    }

    /** A note that Vision One is owed. @param id by which the ledger knows that it was carried */
    public record OwedNote(String id, String text, String reason) {}
}
