package io.ticketbridge.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue: every setting there is, in the order of the documentation. Nothing else knows a key's name. */
final class Keys {
    static final String GROUP_EXAMPLE = "d625dccec0a8016700a222a0f7900d06";
    static final String USER_EXAMPLE = "6816f79cc0a8016401c5a33be04be441";

    /** A setting, and the names that a key has in the places which its pattern leaves open. */
    record Found(Key<?> key, List<String> names) {}

    private Keys() {}

    private static final List<Key<?>> ALL = bySection();

    static List<Key<?>> all() {
        return ALL;
    }

    /** Each section in one piece, in the order in which they are first met. */
    private static List<Key<?>> bySection() {
        Map<String, List<Key<?>>> sections = Stream.of(
                        SystemKeys.ALL, ApiKeys.ALL, KafkaKeys.ALL, NetworkKeys.ALL, FlowKeys.ALL, ProfileKeys.ALL)
                .<Key<?>>flatMap(List::stream)
                .collect(Collectors.groupingBy(Key::section, LinkedHashMap::new, Collectors.toList()));
        return sections.values().stream().<Key<?>>flatMap(List::stream).toList();
    }

    /** The key with its last part spelt as the catalogue does, where it is one of a few words. */
    static String spelt(String key) {
        return find(key)
                .flatMap(found -> found.key().words().stream()
                        .filter(word -> key.toLowerCase(Locale.ROOT).endsWith("." + word.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .map(word -> key.substring(0, key.length() - word.length()) + word)
                .orElse(key);
    }

    static Optional<Found> find(String key) {
        return all().stream()
                .flatMap(known -> known.namesIn(key).map(names -> new Found(known, names)).stream())
                .findFirst();
    }
}
