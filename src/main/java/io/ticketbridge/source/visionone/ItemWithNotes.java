package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A case or alert while its notes are being read. */
public record ItemWithNotes(JsonNode item, List<JsonNode> notes) {
    public static ItemWithNotes of(JsonNode item) {
        return new ItemWithNotes(item, new ArrayList<>());
    }

    public void add(List<JsonNode> more) {
        notes.addAll(more);
    }
}
