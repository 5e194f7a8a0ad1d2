package io.ticketbridge.engine;

import io.ticketbridge.config.ShippedFiles;
import io.ticketbridge.fault.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The route files in effect: those of the folder, and from the jar those that the folder does not have (P34). */
final class RouteFiles {
    private static final String SUFFIX = ".camel.yaml";

    private final Path folder;
    private final Rehearsal planned;
    private volatile Map<String, RouteFile> shipped;
    private volatile boolean seen;

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

    /**
     * By name, in reading order. Follows symbolic links: a ConfigMap is mounted as one.
     *
     * @throws CannotStart if the folder can't be read, also if the folder was there before: what can't be seen just now is not gone
     */
    Map<String, RouteFile> read() {
        try {
            Map<String, RouteFile> files = new TreeMap<>(shipped());
            if (isThere()) {
                Files.walkFileTree(
                        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Reader(files));
            }
            if (planned != null) {
                files.putAll(fromJar("plan/"));
            }
            if (planned != null && planned.isOffline()) {
                files.putAll(fromJar("plan-offline/"));
            }
            return files;
        } catch (IOException e) {
            throw new CannotStart("The route files can't be read: " + Causes.sentence(e));
        }
    }

    /** Names of those among them that are not as they came with the application, or did not come with it at all. */
    List<String> own(Map<String, RouteFile> files) {
        return files.values().stream()
                .filter(file -> !shipped().containsKey(file.name())
                        || !file.text().equals(shipped().get(file.name()).text()))
                .map(RouteFile::name)
                .toList();
    }

    /** Edited files that a plan has others for: no engine that plans has loaded what they say. */
    Map<String, RouteFile> replacedByPlan() {
        try {
            Map<String, RouteFile> edited = new TreeMap<>(new RouteFiles(folder).read());
            edited.keySet().retainAll(fromJar("plan/").keySet());
            edited.keySet().retainAll(own(edited));
            return edited;
        } catch (IOException e) {
            throw new CannotStart("The route files can't be read: " + Causes.sentence(e));
        }
    }

    private boolean isThere() throws IOException {
        try {
            if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
                throw new FileSystemException(folder.toString(), null, "is no folder; move that file away");
            }
            seen = true;
        } catch (NoSuchFileException e) {
            if (seen) {
                throw new NoSuchFileException(
                        folder.toString(),
                        null,
                        "was there before; put it back, or restart to go on with the routes of the jar");
            }
        }
        return seen;
    }

    /** Reads each by itself: one that can't be read keeps nobody from the others. */
    private final class Reader extends SimpleFileVisitor<Path> {
        private final Map<String, RouteFile> files;

        Reader(Map<String, RouteFile> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return isPassedOver(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (!isPassedOver(path) && path.toString().endsWith(SUFFIX) && attributes.isRegularFile()) {
                try {
                    files.put(name(path), new RouteFile(name(path), location(path), Files.readString(path)));
                } catch (IOException e) {
                    return visitFileFailed(path, e);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException why) {
            // One that was deleted just now is gone.
            if (!isPassedOver(path) && !(why instanceof NoSuchFileException)) {
                files.put(name(path), RouteFile.unreadable(name(path), location(path), why));
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(Path path) {
            return folder.relativize(path).toString().replace('\\', '/');
        }

        private static String location(Path path) {
            return "file:" + path;
        }

        /**
         * A mounted ConfigMap also holds its files in hidden folders ({@code ..data}): those would be read twice. A mounted
         * volume has a {@code lost+found} that only root can read.
         */
        private boolean isPassedOver(Path path) {
            String name = path.equals(folder) ? "" : path.getFileName().toString();
            return name.startsWith(".") || name.equals("lost+found");
        }
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
