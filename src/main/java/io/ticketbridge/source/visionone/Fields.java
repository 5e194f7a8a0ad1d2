package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.StorableText;
import io.ticketbridge.source.UtcStamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads fields tolerantly: what is not there, or is of another kind, is empty (vision-one.md, section 0). */
final class Fields {
    /** Numbers as ids count as numbers: those of alerts do. */
    private static final Comparator<Note> BY_TIME = Comparator.comparing(Note::at)
            .thenComparing(note -> note.id().length())
            .thenComparing(Note::id);

    private Fields() {}

    /** Numbers and booleans count as their text; null and what is not there as empty. */
    static String text(JsonNode node, String name) {
        return text(node.path(name));
    }

    /** Without NUL and half characters: the ledger can't keep them, and what comes back without them would look changed. */
    static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull()
                ? StorableText.of(value.asText().replace("\0", ""))
                : "";
    }

    /** What can be asked for by an address of its own. */
    static boolean isId(String id) {
        return id.length() <= 200 && id.codePoints().anyMatch(Character::isLetterOrDigit) && id.indexOf('/') < 0;
    }

    /** The epoch where there is no time. */
    static Instant time(String text) {
        try {
            return UtcStamp.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    static void putIf(Map<String, String> map, String name, String value) {
        if (!value.isBlank()) {
            map.put(name, value);
        }
    }

    /** The texts of a list, sorted: another order is no news. */
    static String joined(JsonNode values) {
        TreeSet<String> sorted = new TreeSet<>();
        values.forEach(value -> sorted.add(text(value)));
        sorted.remove("");
        return String.join(", ", sorted);
    }

    /** The notes in the order of their time, each once: a page that is read while one comes may show another twice. */
    static List<Note> notes(Collection<JsonNode> all, Function<JsonNode, Note> note) {
        Map<String, Note> byId = new LinkedHashMap<>();
        all.stream()
                .filter(each -> each.isObject() && !text(each, "id").isBlank())
                .map(note)
                .forEach(each -> byId.putIfAbsent(each.id(), each));
        return byId.values().stream().sorted(BY_TIME).toList();
    }
}
