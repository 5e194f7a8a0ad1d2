package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One alert with its notes. Its owner, the {@link AlertStore}, guards it. */
final class StoredAlert {
    final Entry entry;
    final Map<Integer, Entry> notes = new TreeMap<>();
    int lastNote;

    StoredAlert(ObjectNode json, long version) {
        entry = new Entry(json, version);
    }

    String id() {
        return entry.json.get("id").asText();
    }

    SimulatedAlert copy() {
        List<SimulatedNote> copied =
                notes.values().stream().map(StoredAlert::copy).toList();
        return new SimulatedAlert(entry.json.deepCopy(), entry.quotedEtag(), copied);
    }

    private static SimulatedNote copy(Entry note) {
        String created = note.json.get("createdDateTime").asText();
        String updated = note.json.hasNonNull("lastUpdatedDateTime")
                ? note.json.get("lastUpdatedDateTime").asText()
                : created;
        return new SimulatedNote(
                note.json.get("id").asText(),
                note.json.get("creatorName").asText(),
                Instant.parse(created),
                Instant.parse(updated),
                note.json.get("content").asText(),
                List.of());
    }
}
