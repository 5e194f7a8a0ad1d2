package io.ticketbridge.source.api;

import io.ticketbridge.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a mapping's text is: a file, or else the jar's of that name, as with routes and settings. */
final class MappingFile {
    private static final String JAR = "/config/mappings/";

    /** Those in the jar, for whoever misspelt one. */
    private static final Set<String> SHIPPED = Set.of("prowler-app.yaml", "security-hub.yaml");

    private MappingFile() {}

    /** Null if it can't be read, which is said then. */
    static String text(Path file, List<String> problems) {
        String name = String.valueOf(file.getFileName());
        try (InputStream jar = MappingFile.class.getResourceAsStream(JAR + name)) {
            if (Files.isRegularFile(file)) {
                return Files.readString(file);
            }
            if (jar != null) {
                return new String(jar.readAllBytes(), StandardCharsets.UTF_8);
            }
            Set<String> there = there(file);
            problems.add("mapping " + file + ": there is no such file, neither there nor in the jar; the nearest is "
                    + Settings.nearest(name, there));
        } catch (IOException e) {
            problems.add("mapping " + file
                    + ": can't be read as UTF-8: let the user that runs ticketbridge read it, and save it as UTF-8");
        }
        return null;
    }

    private static Set<String> there(Path file) throws IOException {
        Set<String> names = new TreeSet<>(SHIPPED);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                names.addAll(files.map(each -> each.getFileName().toString())
                        .filter(each -> each.endsWith(".yaml"))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }
}
