package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * An alert of the simulated Workbench as it was when it was asked for.
 *
 * @param json the alert as the API answers it
 * @param etag in quotes
 * @param notes oldest first; the id is an integer, as text
 */
public record SimulatedAlert(ObjectNode json, String etag, List<SimulatedNote> notes) {

    public String id() {
        return text("id");
    }

    public String model() {
        return text("model");
    }

    public String severity() {
        return text("severity");
    }

    public String status() {
        return text("status");
    }

    public String investigationResult() {
        return text("investigationResult");
    }

    /** The case that it belongs to, or "". */
    public String caseId() {
        return text("caseId");
    }

    public Instant createdAt() {
        return Instant.parse(text("createdDateTime"));
    }

    public Instant updatedAt() {
        return Instant.parse(text("updatedDateTime"));
    }

    /** Any field as text; empty where there is none. */
    public String text(String field) {
        return json.path(field).asText();
    }
}
