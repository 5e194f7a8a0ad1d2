package io.ticketbridge.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What works and yet should be changed. */
final class Warnings {
    private Warnings() {}

    static List<String> of(Values values) {
        return new TreeMap<>(values.parsed())
                .entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof URI uri && WebAddress.isReadableByOthers(uri))
                        .map(Warnings::sentence)
                        .toList();
    }

    private static String sentence(Map.Entry<String, Object> entry) {
        return entry.getKey() + " should be https, was "
                + Masked.value(entry.getValue().toString())
                + ": others can read the credentials and tickets that travel there";
    }
}
