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
                        .filter(entry -> entry.getValue() instanceof URI uri && WebAddress.isReadableByOthers(uri)
                                || isUnverified(entry))
                        .map(entry -> isUnverified(entry) ? unverified(entry.getKey()) : sentence(entry))
                        .toList();
    }

    private static boolean isUnverified(Map.Entry<String, Object> entry) {
        return entry.getKey().endsWith(".tls-verify") && Boolean.FALSE.equals(entry.getValue());
    }

    private static String unverified(String key) {
        return key
                + "=false: TLS certificates and host names are NOT verified; anybody on the way can read and change what"
                + " is sent, credentials included. Trust a private authority with "
                + key.replaceFirst("tls-verify$", "ca-file") + " instead, and remove it";
    }

    private static String sentence(Map.Entry<String, Object> entry) {
        return entry.getKey() + " should be https, was "
                + Masked.value(entry.getValue().toString())
                + ": others can read the credentials and tickets that travel there";
    }
}
