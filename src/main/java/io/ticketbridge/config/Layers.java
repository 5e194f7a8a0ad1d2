package io.ticketbridge.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads every place that settings come from, in rising priority: file, mounted files, environment, overrides. */
final class Layers {
    static final String VARIABLE = "TICKETBRIDGE_";
    private static final String FILE = ".file";

    private final Problems problems;
    private final MountedFiles mounted;
    private final Map<String, Written> values = new TreeMap<>();

    private Layers(Problems problems) {
        this.problems = problems;
        this.mounted = new MountedFiles(problems);
    }

    static Map<String, Written> read(Sources sources, Problems problems) {
        return new Layers(problems).read(sources);
    }

    private Map<String, Written> read(Sources sources) {
        Map<String, String> file = new PropertiesFile(problems).read(sources);
        Map<String, String> variables = variablesOf(sources);
        Map<String, Path> secrets = mounted.list(sources.environment().getOrDefault(Sources.SECRETS_DIR, ""));
        EnvironmentNames names = namesIn(file, sources.overrides(), variables.keySet(), secrets.keySet());
        Map<String, Written> environment = new TreeMap<>();
        variables.forEach((variable, value) ->
                keyOf(variable, names).ifPresent(key -> environment.put(key, new Written(value, variable))));

        put(file, "");
        secrets.forEach((name, path) -> {
            if (MountedFiles.isSetting(name)) {
                (name.startsWith(VARIABLE) ? keyOf(name, names) : Optional.of(name))
                        .ifPresent(key -> readInto(key, name, path.toString()));
            } else {
                mounted.own(name, path).ifPresent(written -> set(name, written));
            }
        });
        putReferences(file);
        environment.forEach((key, written) -> {
            if (isReference(key)) {
                readInto(withoutFile(key), written.origin(), written.value());
            }
        });
        putReferences(sources.overrides());
        environment.forEach((key, written) -> {
            if (!isReference(key)) {
                set(key, written);
            }
        });
        put(sources.overrides(), "");
        return values;
    }

    private static Map<String, String> variablesOf(Sources sources) {
        Map<String, String> variables = new TreeMap<>(sources.environment());
        variables.keySet().removeAll(Set.of(Sources.CONFIG, Sources.SECRETS_DIR, Sources.FROM_PASSWORD));
        // Compose files hand on what is not set as empty.
        variables
                .entrySet()
                .removeIf(entry -> !entry.getKey().startsWith(VARIABLE)
                        || entry.getValue().isEmpty()
                        || EnvironmentNames.isServiceLink(entry.getKey(), entry.getValue()));
        return variables;
    }

    private static EnvironmentNames namesIn(
            Map<String, String> file, Map<String, String> overrides, Set<String> variables, Set<String> secrets) {
        KnownNames names = new KnownNames();
        file.forEach(names::addKey);
        overrides.forEach(names::addKey);
        secrets.forEach(name -> names.addKey(name, ""));
        names.addVariables(variables);
        return new EnvironmentNames(names);
    }

    private Optional<String> keyOf(String variable, EnvironmentNames names) {
        Set<String> keys = names.keysOf(variable);
        if (keys.isEmpty()) {
            problems.add(variable, "is not a setting", "the nearest is " + names.nearestTo(variable));
        } else if (keys.size() > 1) {
            problems.add(
                    variable,
                    "could mean " + String.join(" or ", keys),
                    "write the one you mean into application.properties");
        }
        return keys.size() == 1 ? keys.stream().findFirst() : Optional.empty();
    }

    private void put(Map<String, String> layer, String origin) {
        layer.forEach((key, value) -> {
            if (!isReference(key)) {
                set(key, new Written(value, origin));
            }
        });
    }

    private void putReferences(Map<String, String> layer) {
        layer.forEach((key, path) -> {
            if (isReference(key)) {
                readInto(withoutFile(key), key, path);
            }
        });
    }

    private void readInto(String key, String property, String path) {
        mounted.read(property, path).ifPresent(written -> set(key, written));
    }

    private void set(String key, Written written) {
        values.put(Keys.spelt(key), written);
    }

    /** Whether a key names the file that holds the value of another; a column may itself be called file. */
    private static boolean isReference(String key) {
        return key.endsWith(FILE)
                && Keys.find(key).isEmpty()
                && Keys.find(withoutFile(key)).isPresent();
    }

    private static String withoutFile(String key) {
        return key.substring(0, key.length() - FILE.length());
    }
}
