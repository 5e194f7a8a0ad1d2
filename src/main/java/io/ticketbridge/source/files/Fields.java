package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.StorableText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads fields as tolerantly as producers write them: missing, null, a number as a string, one value for a list. */
final class Fields {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private Fields() {}

    /** The text at a path, or empty. */
    static String text(JsonNode node, String... path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.path(name);
        }
        return at.isValueNode() && !at.isNull() ? StorableText.of(at.asText()) : "";
    }

    /** The first that is not blank, or empty. */
    static String first(String... values) {
        for (String value : values) {
            if (!value.isBlank()) {
                return value;
            }
        }
        return "";
    }

    /** A whole number, also one written as a string. */
    static OptionalLong number(JsonNode node) {
        if (node.isNumber()) {
            return OptionalLong.of(node.asLong());
        }
        String text = node.asText("").strip();
        return WHOLE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The texts of a list, or the one text that stands in place of a list. */
    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            String text = text(item);
            if (!text.isBlank()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The items of a list, or the one object that stands in place of a list. */
    static Iterable<JsonNode> items(JsonNode node) {
        return node.isArray() ? node : node.isObject() ? List.of(node) : List.of();
    }

    /** Sorted and joined, so that a producer's changing order is no change. */
    static String joined(Collection<String> values) {
        return String.join(", ", new TreeSet<>(values));
    }

    static void put(Map<String, String> attributes, String key, String value) {
        if (!value.isBlank()) {
            attributes.put(key, value);
        }
    }
}
