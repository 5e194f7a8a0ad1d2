package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One case with its notes and attachments. Its owner, the {@link CaseStore}, guards it. */
final class StoredCase {
    /** An uploaded file; {@code etag} is the one listed in a note, which is not an HTTP ETag. */
    record Attachment(String id, String name, byte[] content, String etag, String uploadedDateTime) {}

    final Entry entry;
    final Map<String, Entry> notes = new LinkedHashMap<>();
    final Map<String, Attachment> attachments = new LinkedHashMap<>();

    StoredCase(ObjectNode json, long version) {
        entry = new Entry(json, version);
    }

    String id() {
        return entry.json.get("id").asText();
    }

    boolean isClosed() {
        return entry.json.path("status").asText().equals("Closed");
    }

    /** Whether a note other than this one holds the attachment already. */
    boolean isBound(String attachmentId, String exceptNote) {
        return notes.values().stream()
                .filter(note -> !note.json.get("id").asText().equals(exceptNote))
                .anyMatch(note -> attachmentIds(note.json).contains(attachmentId));
    }

    SimulatedCase copy() {
        List<SimulatedNote> copied = notes.values().stream()
                .map(note -> new SimulatedNote(
                        note.json.get("id").asText(),
                        note.json.path("creator").path("name").asText(),
                        Instant.parse(note.json.get("createdDateTime").asText()),
                        Instant.parse(note.json.get("updatedDateTime").asText()),
                        note.json.get("comment").asText(),
                        attachmentIds(note.json)))
                .toList();
        return new SimulatedCase(entry.json.deepCopy(), entry.etag(), copied, List.copyOf(attachments.keySet()));
    }

    /** What a note says about the attachments that it holds. */
    void list(List<String> ids, ArrayNode into) {
        for (String id : ids) {
            Attachment attachment = attachments.get(id);
            into.addObject()
                    .put("id", attachment.id())
                    .put("name", attachment.name())
                    .put("size", attachment.content().length)
                    .put("etag", attachment.etag())
                    .put("uploadedDateTime", attachment.uploadedDateTime());
        }
    }

    private static List<String> attachmentIds(JsonNode note) {
        List<String> ids = new ArrayList<>();
        note.path("attachments")
                .forEach(attachment -> ids.add(attachment.get("id").asText()));
        return ids;
    }
}
