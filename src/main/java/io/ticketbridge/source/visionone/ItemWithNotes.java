package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A case or alert while its notes are being read.
 *
 * @param unread why they can't be; null where they can
 */
public record ItemWithNotes(JsonNode item, List<JsonNode> notes, Unread unread) {
    /** @param isOfItAlone whether the answer was about this case or alert, and says nothing of others */
    record Unread(String why, boolean isOfItAlone) {}

    public static ItemWithNotes of(JsonNode item) {
        return new ItemWithNotes(item, new ArrayList<>(), null);
    }

    public void add(List<JsonNode> more) {
        notes.addAll(more);
    }

    ItemWithNotes without(Unread notes) {
        return new ItemWithNotes(item, List.of(), notes);
    }
}
