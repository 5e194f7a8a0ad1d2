package io.ticketbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings that are files: one value each, without the line's end. */
final class MountedFiles {
    /** A key of an engineer's own, as it could stand in {@code application.properties}. */
    private static final Pattern OWN = Pattern.compile("[A-Za-z][\\w-]*(\\.[\\w-]+)+");

    private final Problems problems;

    MountedFiles(Problems problems) {
        this.problems = problems;
    }

    /** The files of the secrets folder whose names may be those of keys. An empty one is a secret that nobody needs. */
    Map<String, Path> list(String folder) {
        if (folder.isEmpty()) {
            return Map.of();
        }
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            entries.filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
                    .forEach(file -> {
                        String name = file.getFileName().toString();
                        if (isSetting(name) || OWN.matcher(name).matches()) {
                            files.put(name, file);
                        }
                    });
        } catch (IOException | InvalidPathException e) {
            problems.add(
                    Sources.SECRETS_DIR,
                    "must name a readable folder",
                    folder,
                    "",
                    "name the folder of the mounted secrets");
        }
        return files;
    }

    /** Whether it can be nothing but a setting of ticketbridge. */
    static boolean isSetting(String name) {
        return name.startsWith(Key.PREFIX) || name.startsWith(Layers.VARIABLE);
    }

    /** For a key of an engineer's own. What holds no text, a key store say, lies there for somebody else. */
    Optional<Written> own(String key, Path file) {
        try {
            return Optional.of(new Written(valueIn(file), key, Optional.of(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Without the end of its only line. */
    static String valueIn(Path file) throws IOException {
        return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
    }

    /** What a file holds. Its name is the problem's, its content never. */
    Optional<Written> read(String property, String path) {
        try {
            Path file = Path.of(path.strip());
            String text = valueIn(file);
            if (text.isBlank()) {
                problems.add(
                        property, "must name a file that holds a value", path, "", "write the value into the file");
                return Optional.empty();
            }
            return Optional.of(new Written(text, path.strip(), Optional.of(file)));
        } catch (IOException | InvalidPathException e) {
            problems.add(
                    property, "must name a readable UTF-8 file", path, "", "mount the file there, or correct the path");
            return Optional.empty();
        }
    }
}
