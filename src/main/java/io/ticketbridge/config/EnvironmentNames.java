package io.ticketbridge.config;

import io.ticketbridge.finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which key an environment variable means, given the names of flows, profiles and instances. */
final class EnvironmentNames {
    private static final String FILE = "_FILE";

    private final Map<String, Set<String>> keys = new TreeMap<>();
    /** Beginnings of variables that end with a column, with the beginnings of their keys. */
    private final Map<String, String> columns = new TreeMap<>();

    EnvironmentNames(KnownNames names) {
        for (Key<?> key : Keys.all()) {
            if (key.pattern().contains("NAME")) {
                names.of(key).forEach(name -> add(key, name));
            } else {
                add(key.pattern());
            }
        }
    }

    /** The keys that a variable may mean, {@code KEY.file} included; none if it is unknown. */
    Set<String> keysOf(String variable) {
        Set<String> found = new TreeSet<>(keys.getOrDefault(variable, Set.of()));
        columns.forEach((beginning, keyBeginning) -> {
            if (variable.startsWith(beginning) && variable.length() > beginning.length()) {
                found.add(keyBeginning + variable.substring(beginning.length()).toLowerCase(Locale.ROOT));
            }
        });
        return found;
    }

    String nearestTo(String variable) {
        return Nearest.to(
                variable,
                keys.keySet().stream().filter(name -> !name.endsWith(FILE)).toList());
    }

    private void add(Key<?> key, String name) {
        if (key.pattern().contains("LEVEL")) {
            for (Severity level : Severity.values()) {
                addColumns(key.at(name, Words.of(level), ""));
            }
        } else if (!key.words().isEmpty()) {
            key.words().forEach(word -> add(key.at(name, word)));
        } else if (key.pattern().endsWith("COLUMN")) {
            addColumns(key.at(name, ""));
        } else {
            add(key.at(name));
        }
    }

    private void add(String key) {
        for (String written : List.of(key, key + ".file")) {
            keys.computeIfAbsent(Key.environmentName(written), any -> new TreeSet<>())
                    .add(written);
        }
    }

    private void addColumns(String keyBeginning) {
        columns.put(Key.environmentName(keyBeginning), keyBeginning);
    }

    /** Whether Kubernetes made the variable, for a service whose name begins with ticketbridge. */
    static boolean isServiceLink(String variable, String value) {
        boolean address = Arrays.asList("tcp://", "udp://", "sctp://").stream().anyMatch(value::startsWith);
        return variable.matches(".*_SERVICE_(HOST|PORT(_\\w+)?)")
                || variable.matches(".*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?")
                || variable.endsWith("_PORT") && address;
    }
}
