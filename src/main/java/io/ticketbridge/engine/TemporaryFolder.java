package io.ticketbridge.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when it is closed, or when the process is asked to end before. */
public final class TemporaryFolder implements AutoCloseable {
    private static final int TRIES = 3;

    private final Path path;
    private final Thread hook = new Thread(this::deleteAtLast, "delete-temporary-folder");

    private TemporaryFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @throws CannotStart if none can be made */
    public static TemporaryFolder make(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new CannotStart(
                    "No temporary folder can be made: " + e.getMessage() + ". Name another with -Djava.io.tmpdir");
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            delete();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            // The process is ending: the hook finds nothing left to do.
        }
    }

    /** Whatever works in it goes on meanwhile, and may bring a file more. */
    private void deleteAtLast() {
        for (int tries = 0; tries < TRIES && Files.exists(path); tries++) {
            try {
                delete();
            } catch (IOException | UncheckedIOException e) {
                // The next try; what is left after the last is left.
            }
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
