package io.ticketbridge.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where settings are read from.
 *
 * @param folder the folder of {@code application.properties}, as named by {@code --config}; if empty, the folder that
 *     {@code TICKETBRIDGE_CONFIG} names, else {@code config/} in the working directory
 * @param environment the environment variables
 * @param overrides keys and values that win over everything else
 * @param withFile whether {@code application.properties} is read at all
 */
public record Sources(
        Optional<Path> folder, Map<String, String> environment, Map<String, String> overrides, boolean withFile) {
    public static final String CONFIG = "TICKETBRIDGE_CONFIG";
    public static final String SECRETS_DIR = "TICKETBRIDGE_SECRETS_DIR";

    /** For {@code move-ledger} alone: the password of the ledger that is moved. */
    public static final String FROM_PASSWORD = "TICKETBRIDGE_FROM_PASSWORD";

    public Sources {
        Objects.requireNonNull(folder, "folder");
        environment = Map.copyOf(environment);
        overrides = Map.copyOf(overrides);
    }

    /** The file and the environment of this process. */
    public static Sources of(Optional<Path> folder) {
        return new Sources(folder, System.getenv(), Map.of(), true);
    }

    /** Where {@code application.properties} is looked for, and what its paths are relative to where a setting says so. */
    Path configFolder() {
        String variable = environment.getOrDefault(CONFIG, "");
        return folder.orElse(Path.of(variable.isEmpty() ? "config" : variable));
    }

    /** Nothing but these keys and the defaults. */
    public static Sources only(Map<String, String> overrides) {
        return new Sources(Optional.empty(), Map.of(), overrides, false);
    }

    /** Says nothing of what the environment and the overrides hold: secrets may be among them. */
    @Override
    public String toString() {
        return "Sources[folder=" + folder.map(Path::toString).orElse("") + "]";
    }
}
