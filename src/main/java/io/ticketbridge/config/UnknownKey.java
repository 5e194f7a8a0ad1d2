package io.ticketbridge.config;

import java.util.ArrayList;
import java.util.List;

/** Finds the setting that was meant by a key that is none. */
final class UnknownKey {
    private UnknownKey() {}

    /** Whether a key was meant for ticketbridge, rightly spelt or nearly so. */
    static boolean isOurs(String key) {
        String first = key.split("\\.", 2)[0];
        return key.startsWith(Key.PREFIX) || Nearest.distance(first, "ticketbridge") <= 2;
    }

    /** The nearest setting, with the names that were written in its open places. */
    static String nearestTo(String written) {
        String[] parts = written.split("\\.", -1);
        List<String> candidates = new ArrayList<>();
        for (Key<?> key : Keys.all()) {
            key.shapes().forEach(shape -> candidates.add(filled(shape, parts)));
        }
        return Nearest.to(written, candidates);
    }

    private static String filled(List<String> shape, String[] parts) {
        List<String> filled = new ArrayList<>(shape);
        for (int i = 0; i < shape.size(); i++) {
            if (Key.isPlaceholder(shape.get(i)) && shape.size() == parts.length && !parts[i].isEmpty()) {
                filled.set(i, parts[i]);
            }
        }
        return String.join(".", filled);
    }
}
