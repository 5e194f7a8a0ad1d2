package io.ticketbridge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting in the catalogue.
 *
 * @param pattern its key; parts in capitals stand for names, {@code [.NAME]} for one that may be left out
 * @param fallback its default as it would be written, or empty
 * @param example a value for the documentation where there is no default
 * @param words what its last part may be, in any case of letters, where the pattern leaves that to one of a few words
 * @param meaning one sentence
 */
record Key<T>(String pattern, Type<T> type, String fallback, String example, List<String> words, String meaning) {
    static final String PREFIX = "ticketbridge.";
    static final String DEFAULT_INSTANCE = "default";
    private static final String OPTIONAL_NAME = "[.NAME]";
    private static final Pattern SECTION = Pattern.compile("[.\\[].*");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Z0-9]");

    static <T> Key<T> of(String pattern, Type<T> type, String meaning) {
        return new Key<>(PREFIX + pattern, type, "", "", List.of(), meaning);
    }

    Key<T> orElse(String value) {
        return new Key<>(pattern, type, value, example, words, meaning);
    }

    Key<T> like(String value) {
        return new Key<>(pattern, type, fallback, value, words, meaning);
    }

    Key<T> endingWith(List<String> endings) {
        return new Key<>(pattern, type, fallback, example, List.copyOf(endings), meaning);
    }

    boolean isSecret() {
        return type.words().equals("a secret");
    }

    /** The kind of thing that it belongs to: {@code flow}, {@code servicenow}. */
    String section() {
        return SECTION.matcher(pattern.substring(PREFIX.length())).replaceFirst("");
    }

    /** What it is called in its section: {@code group-by}. */
    String leaf() {
        return pattern.substring(pattern.lastIndexOf('.') + 1);
    }

    boolean hasOptionalName() {
        return pattern.contains(OPTIONAL_NAME);
    }

    /** The pattern, twice where a name may be left out, cut into its parts. */
    List<List<String>> shapes() {
        if (!hasOptionalName()) {
            return List.of(List.of(pattern.split("\\.")));
        }
        return List.of(
                List.of(pattern.replace(OPTIONAL_NAME, "").split("\\.")),
                List.of(pattern.replace(OPTIONAL_NAME, ".NAME").split("\\.")));
    }

    /** The key with these names in the places that the pattern leaves open. */
    String at(String... names) {
        if (hasOptionalName() && names[0].equals(DEFAULT_INSTANCE)) {
            return pattern.replace(OPTIONAL_NAME, "");
        }
        List<String> parts = new ArrayList<>(shapes().get(shapes().size() - 1));
        int next = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (isPlaceholder(parts.get(i))) {
                parts.set(i, names[next++]);
            }
        }
        return String.join(".", parts);
    }

    /** The names in a key of this pattern, in order; empty if the key is another. */
    Optional<List<String>> namesIn(String key) {
        List<String> parts = List.of(key.split("\\.", -1));
        for (List<String> shape : shapes()) {
            Optional<List<String>> names = namesIn(parts, shape);
            if (names.isPresent()) {
                return names;
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> namesIn(List<String> parts, List<String> shape) {
        if (parts.size() != shape.size()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (isPlaceholder(shape.get(i))) {
                names.add(parts.get(i));
            } else if (!shape.get(i).equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        if (hasOptionalName() && names.isEmpty()) {
            names.add(DEFAULT_INSTANCE);
        }
        return Optional.of(names);
    }

    static boolean isPlaceholder(String part) {
        return List.of("NAME", "COLUMN", "LEVEL", "FIELD", "VALUE").contains(part);
    }

    /** How a key is written as the name of an environment variable. */
    static String environmentName(String key) {
        return NOT_IN_NAMES.matcher(key.toUpperCase(Locale.ROOT)).replaceAll("_");
    }
}
