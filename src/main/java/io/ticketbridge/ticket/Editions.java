package io.ticketbridge.ticket;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Note;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which text of a note a ticket was told: it may be edited at the source afterwards, more than once and back again. */
public final class Editions {
    private static final String EDITION = ":edit-";

    private Editions() {}

    /** By what a note is known that is carried as it is now. */
    public static List<String> of(Note note) {
        return note.id().contains(EDITION) ? List.of(note.id()) : List.of(note.id(), name(note, 0));
    }

    /**
     * The note as a ticket is to be told of it that knows an older text; empty if it knows this one, or if it is not known which.
     *
     * @param carried what the ticket was told, by what it is known
     */
    public static Optional<Note> edited(Note note, Collection<String> carried) {
        int latest = latest(note, carried);
        return latest < 0 || carried.contains(name(note, latest))
                ? Optional.empty()
                : Optional.of(edited(note, name(note, latest + 1)));
    }

    /** What was carried before editions were told apart is taken for what it is now. */
    public static boolean isUnknown(Note note, Collection<String> carried) {
        return latest(note, carried) < 0;
    }

    /** How a ticket is told that a note is another than it was. */
    public static Note edited(Note note, String id) {
        return new Note(id, note.author(), note.at(), "(edited) " + note.text());
    }

    private static int latest(Note note, Collection<String> carried) {
        String beginning = note.id() + EDITION;
        return carried.stream()
                .filter(id -> id.startsWith(beginning))
                .map(id -> id.substring(beginning.length()).replaceFirst("-.*", ""))
                .filter(count -> count.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(-1);
    }

    private static String name(Note note, int count) {
        return note.id() + EDITION + count + "-"
                + Digest.of(note.text()).toString().substring(0, 13);
    }
}
