package io.ticketbridge.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Every note that a colleague typed, in order. Safe for many threads. */
final class Notebook {
    private final Wording wording;
    private final List<TypedNote> notes = new ArrayList<>();

    Notebook(Wording wording) {
        this.wording = wording;
    }

    /** A note that is not typed yet. */
    TypedNote note(Edit.Side side, String id, String field) {
        String mark = wording.mark("Note");
        return new TypedNote(side, id, field, mark, mark + " " + wording.sentence());
    }

    synchronized void keep(TypedNote note) {
        notes.add(note);
    }

    synchronized List<TypedNote> all() {
        return List.copyOf(notes);
    }
}
