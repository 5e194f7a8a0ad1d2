package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Finding;
import java.nio.charset.StandardCharsets;

/** Records as trees to change one field of, and what their normaliser makes of them. */
final class Tree {
    private Tree() {}

    static ObjectNode of(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try {
            return (ObjectNode) RecordParser.parse(new Slice(bytes, 0, bytes.length, bytes.length, new Place(1, 1)));
        } catch (Unfit e) {
            throw new AssertionError(e);
        }
    }

    static Finding finding(ObjectNode record) {
        try {
            return RecordFormat.of(record).normalise(record).findings().get(0);
        } catch (Unfit e) {
            throw new AssertionError(e);
        }
    }
}
