package io.ticketbridge.finding;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A note that a person or a system left on a case or an alert.
 *
 * @param files ids of the files that hang on it
 */
public record Note(String id, String author, Instant at, String text, List<String> files) {
    public Note {
        Objects.requireNonNull(id, "id");
        author = author == null ? "" : author;
        text = text == null ? "" : text;
        files = files == null ? List.of() : List.copyOf(files);
    }

    public Note(String id, String author, Instant at, String text) {
        this(id, author, at, text, List.of());
    }

    /** What a ticket says of it. */
    public Note words() {
        return new Note(id, author, at, text);
    }
}
