package io.ticketbridge.source.files;

import io.ticketbridge.fault.Causes;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A folder into which others put findings files: which of them are whole, and where those go that were read. */
final class WatchedFolder {
    /** Who writes changes a file at least so often; scanners and copying programs do all the time. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** What may go on behind its end may still be written, by one who makes long pauses. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Set<String> UNFINISHED =
            Set.of(".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    WatchedFolder(String folder, Clock clock) {
        this.folder = Path.of(folder);
        this.clock = clock;
    }

    /**
     * The files that can be read, the oldest first: a scan must not be read after the one that followed it. One that was changed
     * just now is waited for a little; if it is still written then, the next pass finds it.
     */
    List<File> waiting() throws IOException {
        List<File> files = candidates();
        long last = System.nanoTime() + 2 * QUIET.toNanos();
        while (files.stream().anyMatch(this::isFresh) && System.nanoTime() < last) {
            pause();
            files = candidates();
        }
        return files.stream()
                .filter(file -> !isFresh(file) && !isBarelyBegun(file))
                .toList();
    }

    boolean mayFind() {
        try {
            return !candidates().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Before a file is read: one that could not be put away would be read again and again, after newer ones.
     *
     * @param make whether {@code .done} is made where it is not there
     * @throws FileSystemException if files can't be moved to {@code .done} and {@code .error}
     */
    void requireRoom(boolean make) throws FileSystemException {
        Path done = folder.resolve(".done");
        if (make) {
            try {
                Files.createDirectories(done);
            } catch (IOException e) {
                throw readOnly(".done", Causes.sentence(e));
            }
        }
        if (!Files.isWritable(folder)) {
            throw readOnly(".done", "access denied");
        }
        for (String moved : List.of(".done", ".error")) {
            Path target = folder.resolve(moved);
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw readOnly(moved, "access denied");
            }
        }
    }

    private FileSystemException readOnly(String moved, String why) {
        return new FileSystemException(
                folder.toString(),
                null,
                "nothing is read, since files that were read can't be moved to " + moved + " there (" + why
                        + "); give the process the right to write the folder and what is in it");
    }

    private List<File> candidates() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(
                    folder.toString(), null, "no such folder; make it, or change the flow's folder setting");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(WatchedFolder::isFile)
                    .map(Path::toFile)
                    .sorted(Comparator.comparingLong(File::lastModified).thenComparing(File::getName))
                    .toList();
        }
    }

    /** A link that leads nowhere is one, too: reading it says what is wrong. */
    private static boolean isFile(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && UNFINISHED.stream().noneMatch(name::endsWith)
                && (Files.isRegularFile(path) || Files.isSymbolicLink(path) && !Files.exists(path));
    }

    /** The clock that stamps files may differ from ours by a little; one from farther ahead tells nothing. */
    private boolean isFresh(File file) {
        long age = clock.millis() - file.lastModified();
        return Math.abs(age) < QUIET.toMillis();
    }

    /** Shorter than an empty gzip is no scan, and many programs make the file long before they write to it. */
    private boolean isBarelyBegun(File file) {
        long age = clock.millis() - file.lastModified();
        return file.length() < 20 && age >= 0 && age < PATIENCE.toMillis();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while a file was still written", e);
        }
    }

    /** Moves a file to a folder beside it; one of the same name that is there stays what it is. */
    static void putAway(File file, String folder, Clock clock) throws IOException {
        Path target = Files.createDirectories(file.toPath().resolveSibling(folder));
        for (int copy = 0; ; copy++) {
            try {
                Files.move(file.toPath(), target.resolve(name(file.getName(), copy, clock)));
                return;
            } catch (FileAlreadyExistsException e) {
                if (copy > 1000) {
                    throw e;
                }
            }
        }
    }

    private static String name(String name, int copy, Clock clock) {
        if (copy == 0) {
            return name;
        }
        String stamp = "-" + STAMP.format(clock.instant()) + (copy == 1 ? "" : "-" + copy);
        int dot = name.indexOf('.');
        return dot < 0 ? name + stamp : name.substring(0, dot) + stamp + name.substring(dot);
    }
}
