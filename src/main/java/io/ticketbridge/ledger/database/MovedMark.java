package io.ticketbridge.ledger.database;

import io.ticketbridge.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A file beside an H2 file that says: this ledger goes on elsewhere. Whoever starts on it again would have a second ledger for the
 * same tickets. The H2 file itself stays as it is.
 */
public final class MovedMark {
    private final Optional<Path> mark;

    private MovedMark(Optional<Path> mark) {
        this.mark = mark;
    }

    public static MovedMark of(String url) {
        return new MovedMark(H2File.of(url).map(file -> file.beside(".moved")));
    }

    /** @throws IllegalStateException if the ledger was moved */
    public void require() {
        mark.filter(Files::exists).ifPresent(file -> {
            throw new IllegalStateException(
                    "it was moved " + said(file) + ", and two ledgers would open each ticket twice");
        });
    }

    private static String said(Path file) {
        try {
            return Files.readString(file).strip() + " (" + file + " says so)";
        } catch (IOException e) {
            return "(" + file + " says so)";
        }
    }

    /** Whether it says that the ledger went to this very one, or was about to. */
    public boolean names(DatabaseSettings target) {
        try {
            return mark.isPresent()
                    && Files.exists(mark.get())
                    && Files.readString(mark.get()).startsWith(to(target));
        } catch (IOException e) {
            return false;
        }
    }

    private static String to(DatabaseSettings target) {
        return "to " + target.address() + " at ";
    }

    /**
     * It outlasts whatever happens next.
     *
     * @return the file that was written; empty where the ledger is in no file
     * @throws IllegalStateException if it can't be written
     */
    public Optional<Path> put(DatabaseSettings target, Instant at) {
        mark.ifPresent(file -> {
            try {
                Files.writeString(
                        file,
                        to(target) + at + System.lineSeparator(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SYNC);
            } catch (IOException e) {
                throw new IllegalStateException("nothing was moved, since " + file + " can't be written (" + e
                        + "): it keeps anybody from starting on the old ledger");
            }
        });
        return mark;
    }

    public void remove() throws IOException {
        if (mark.isPresent()) {
            Files.deleteIfExists(mark.get());
        }
    }
}
