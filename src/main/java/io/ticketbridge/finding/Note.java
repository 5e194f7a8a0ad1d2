package io.ticketbridge.finding;

import java.time.Instant;
import java.util.Objects;

/** A note that a person or a system left on a case or an alert. */
public record Note(String id, String author, Instant at, String text) {
    public Note {
        Objects.requireNonNull(id, "id");
        author = author == null ? "" : author;
        text = text == null ? "" : text;
    }
}
