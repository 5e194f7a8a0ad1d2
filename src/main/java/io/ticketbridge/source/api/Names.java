package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What there is in place of what was looked for: names only, for values may be anything. */
final class Names {
    private static final int MOST = 12;

    private Names() {}

    static String of(JsonNode node) {
        if (node.isArray()) {
            return "a list of " + node.size();
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names.isEmpty()
                ? "nothing at all"
                : String.join(", ", names.subList(0, Math.min(MOST, names.size())))
                        + (names.size() > MOST ? ", ..." : "");
    }
}
