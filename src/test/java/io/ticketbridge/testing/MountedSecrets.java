package io.ticketbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** A folder of files as Kubernetes mounts a Secret: each is a link into {@code ..data}, which is a link that is swapped at once. */
public final class MountedSecrets {
    private final Path folder;
    private final Map<String, String> values = new TreeMap<>();
    private int versions;

    private MountedSecrets(Path folder) {
        this.folder = folder;
    }

    public static MountedSecrets in(Path folder) {
        return new MountedSecrets(folder);
    }

    /** Swaps all of them, one with another value. */
    public MountedSecrets put(String name, String value) {
        values.put(name, value);
        try {
            Path version = Files.createDirectories(folder.resolve("..version_" + ++versions));
            for (Map.Entry<String, String> each : values.entrySet()) {
                Files.writeString(version.resolve(each.getKey()), each.getValue());
            }
            Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
            Files.move(
                    next,
                    folder.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            if (!Files.exists(folder.resolve(name))) {
                Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    public String file(String name) {
        return folder.resolve(name).toString();
    }
}
