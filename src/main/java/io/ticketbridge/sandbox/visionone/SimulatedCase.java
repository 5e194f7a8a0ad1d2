package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A copy of a simulated case as it was when it was asked for.
 *
 * @param json the case as the API answers it
 * @param notes oldest first
 * @param attachmentIds those that were uploaded and not deleted, bound to a note or not
 */
public record SimulatedCase(ObjectNode json, String etag, List<SimulatedNote> notes, List<String> attachmentIds) {

    public String id() {
        return text("id");
    }

    public String name() {
        return text("name");
    }

    public String description() {
        return text("description");
    }

    public String type() {
        return text("type");
    }

    public String status() {
        return text("status");
    }

    public String priority() {
        return text("priority");
    }

    public String findings() {
        return text("findings");
    }

    public String externalTicketId() {
        return text("externalTicketId");
    }

    public Instant createdAt() {
        return Instant.parse(text("createdDateTime"));
    }

    public Instant updatedAt() {
        return Instant.parse(text("updatedDateTime"));
    }

    public Optional<Instant> closedAt() {
        return json.hasNonNull("closedDateTime")
                ? Optional.of(Instant.parse(text("closedDateTime")))
                : Optional.empty();
    }

    /** Any field as text; empty where there is none. */
    public String text(String field) {
        return json.path(field).asText();
    }
}
