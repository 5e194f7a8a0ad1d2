package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A case while its contents are being read. */
public record CaseWithContents(JsonNode item, List<JsonNode> contents) {
    public static CaseWithContents of(JsonNode item) {
        return new CaseWithContents(item, new ArrayList<>());
    }

    public void add(List<JsonNode> more) {
        contents.addAll(more);
    }
}
