package io.ticketbridge.config;

import io.ticketbridge.ticket.SyncField;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the values of a case or alert and of its ticket go together: per field and value of the case, in the order in which
 * they are tried, the ticket's values by label or value. The first is what is written, all are read. Values of a case are
 * compared without regard to case, blanks and hyphens, so that those of an alert ({@code In Progress}) are the same.
 */
public record SyncMaps(Map<SyncField, Map<String, List<String>>> lists) {
    public SyncMaps {
        Map<SyncField, Map<String, List<String>>> copy = new EnumMap<>(SyncField.class);
        lists.forEach((field, byValue) -> {
            Map<String, List<String>> ordered = new LinkedHashMap<>();
            byValue.forEach((value, names) -> ordered.put(value, List.copyOf(names)));
            copy.put(field, Collections.unmodifiableMap(ordered));
        });
        lists = Collections.unmodifiableMap(copy);
    }

    /** The maps of a table whose profile sets none. */
    public static SyncMaps of(String table) {
        Map<SyncField, Map<String, List<String>>> lists = new EnumMap<>(SyncField.class);
        for (SyncField field : SyncField.values()) {
            lists.put(field, SyncDefaults.lists(table, field));
        }
        return new SyncMaps(lists);
    }

    /** The same for a source that does not have every value: {@code OtherFindings} is one of alerts alone. */
    public SyncMaps forSource(SourceKind source) {
        if (source != SourceKind.VISION_ONE_CASES) {
            return this;
        }
        Map<SyncField, Map<String, List<String>>> narrowed = new EnumMap<>(SyncField.class);
        lists.forEach((field, byValue) -> {
            Map<String, List<String>> kept = new LinkedHashMap<>(byValue);
            kept.remove("OtherFindings");
            narrowed.put(field, kept);
        });
        return new SyncMaps(narrowed);
    }

    /** The values of a case that have a list, in the order in which they are tried. */
    public List<String> sourceValues(SyncField field) {
        return List.copyOf(get(field).keySet());
    }

    /**
     * The ticket's raw values that go with a value of the case; none if it has no list.
     *
     * @param choices label to value of the ticket's column, as far as they are known
     */
    public List<String> ticketValues(SyncField field, String sourceValue, Map<String, String> choices) {
        return get(field).entrySet().stream()
                .filter(list -> isSame(list.getKey(), sourceValue))
                .flatMap(list -> list.getValue().stream())
                .map(name -> value(name, choices))
                .toList();
    }

    /** The raw value that is written for a value of the case: the first that the instance has, where that is known. */
    public Optional<String> written(SyncField field, String sourceValue, Map<String, String> choices) {
        List<String> values = ticketValues(field, sourceValue, choices);
        return values.stream().filter(choices::containsValue).findFirst().or(() -> values.stream()
                .findFirst());
    }

    /** Per value of the case its list. */
    public Map<String, List<String>> get(SyncField field) {
        return lists.getOrDefault(field, Map.of());
    }

    /** Whether two spellings are the same value of a case or alert. */
    public static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    /** The raw value of a choice that is given by label or value; what is no choice stays as it is. */
    static String value(String name, Map<String, String> choices) {
        if (choices.containsValue(name)) {
            return name;
        }
        return choices.entrySet().stream()
                .filter(choice -> choice.getKey().strip().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(name);
    }

    private static String plain(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }
}
