package io.ticketbridge.engine;

import io.ticketbridge.config.ShippedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The route files in effect: those of the folder, and from the jar those that the folder does not have (P34). */
final class RouteFiles {
    private static final String SUFFIX = ".camel.yaml";

    private final Path folder;
    private final Rehearsal planned;
    private volatile Map<String, RouteFile> shipped;

    RouteFiles(Path folder) {
        this(folder, null);
    }

    /** @param planned if not null, the files that write are replaced by those of {@code plan/} in the jar, whatever the folder has (P29) */
    RouteFiles(Path folder, Rehearsal planned) {
        this.folder = folder;
        this.planned = planned;
    }

    /** Those that came with the application. They don't change while it runs. */
    Map<String, RouteFile> shipped() {
        try {
            if (shipped == null) {
                shipped = fromJar("routes/");
            }
            return shipped;
        } catch (IOException e) {
            throw new UncheckedIOException("The route files of the jar can't be read: " + e.getMessage(), e);
        }
    }

    /** By name, in reading order. Follows symbolic links: a ConfigMap is mounted as one. */
    Map<String, RouteFile> read() {
        try {
            Map<String, RouteFile> files = new TreeMap<>(shipped());
            if (Files.isDirectory(folder)) {
                try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                    for (Path path : paths.filter(this::isRouteFile).toList()) {
                        String name = folder.relativize(path).toString().replace('\\', '/');
                        files.put(name, new RouteFile(name, "file:" + path, Files.readString(path)));
                    }
                }
            }
            if (planned != null) {
                files.putAll(fromJar("plan/"));
            }
            if (planned != null && planned.isOffline()) {
                files.putAll(fromJar("plan-offline/"));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The route files in " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    /** A mounted ConfigMap also holds its files in hidden folders ({@code ..data}): those would be read twice. */
    private boolean isRouteFile(Path path) {
        for (Path part : folder.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return path.toString().endsWith(SUFFIX) && Files.isRegularFile(path);
    }

    private static Map<String, RouteFile> fromJar(String root) throws IOException {
        Map<String, RouteFile> files = new TreeMap<>();
        for (String path : ShippedFiles.names(root, SUFFIX)) {
            String name = path.substring(root.length());
            files.put(name, new RouteFile(name, "classpath:" + path, ShippedFiles.text(path)));
        }
        return files;
    }
}
