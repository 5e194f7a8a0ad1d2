package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Takes something out of a page or record: a JSON pointer, a jq expression, or a text that is always the same. What is not there,
 * or null, is nothing. Immutable.
 */
final class Expression {
    /** How it finds. */
    interface Finder {
        void find(JsonNode node, JsonNode record, Consumer<JsonNode> out);
    }

    /** What a mapping does not say. */
    static final Expression NOTHING = new Expression("", "", (node, record, out) -> {});

    private final String place;
    private final String written;
    private final Finder finder;

    /**
     * @param place for errors: the key and its line
     * @param written for errors: as it stands in the mapping
     */
    private Expression(String place, String written, Finder finder) {
        this.place = place;
        this.written = written;
        this.finder = finder;
    }

    static Expression literal(String place, String text) {
        JsonNode node = TextNode.valueOf(text);
        return new Expression(place, text, (any, record, out) -> out.accept(node));
    }

    static Expression pointer(String place, JsonPointer pointer) {
        return new Expression(place, pointer.toString(), (node, record, out) -> out.accept(node.at(pointer)));
    }

    static Expression jq(String place, String text) {
        Jq jq = Jq.of(text);
        return new Expression(place, "what jq finds", jq);
    }

    /** The record itself. */
    static Expression itself(String place) {
        return new Expression(place, "the record", (node, record, out) -> out.accept(node));
    }

    boolean isNothing() {
        return this == NOTHING;
    }

    String place() {
        return place;
    }

    String written() {
        return written;
    }

    /** @param record what {@code $record} is in jq */
    List<JsonNode> all(JsonNode node, JsonNode record) {
        List<JsonNode> found = new ArrayList<>();
        try {
            finder.find(node, record, one -> {
                if (!one.isNull() && !one.isMissingNode()) {
                    found.add(one);
                }
            });
        } catch (CannotRead e) {
            throw new CannotRead(place + ": " + e.getMessage());
        }
        return found;
    }

    /** What is found, a list as what is in it. */
    List<JsonNode> each(JsonNode node, JsonNode record) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode one : all(node, record)) {
            if (one.isArray()) {
                one.forEach(found::add);
            } else {
                found.add(one);
            }
        }
        return found;
    }

    Optional<JsonNode> first(JsonNode node) {
        return all(node, node).stream().findFirst();
    }

    /** One text, empty where there is nothing: of several values all, of an object its JSON. */
    String text(JsonNode node, JsonNode record) {
        StringJoiner text = new StringJoiner(", ");
        each(node, record).forEach(one -> text.add(one.isValueNode() ? one.asText() : one.toString()));
        return text.toString().strip();
    }

    /** One text that tells findings apart, and is never made of several. */
    String one(JsonNode node, JsonNode record) {
        List<JsonNode> found = all(node, record);
        if (found.size() > 1 || found.size() == 1 && !found.get(0).isValueNode()) {
            throw new CannotRead(place + ": " + written + " is "
                    + (found.size() > 1
                            ? found.size() + " values"
                            : found.get(0).isArray() ? "a list" : "an object")
                    + " where one text is needed");
        }
        return found.isEmpty() ? "" : found.get(0).asText().strip();
    }

    /** The same, which must be there. */
    String needed(JsonNode node, JsonNode record) {
        String text = one(node, record);
        if (text.isEmpty()) {
            throw new CannotRead(place + ": " + written + " is not there, or empty");
        }
        return text;
    }
}
