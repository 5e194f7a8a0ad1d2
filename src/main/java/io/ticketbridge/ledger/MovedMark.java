package io.ticketbridge.ledger;

import io.ticketbridge.config.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A file beside an H2 file that says: this ledger goes on elsewhere. Whoever starts on it again would have a second ledger for the
 * same tickets. The H2 file itself stays as it is.
 */
final class MovedMark {
    private final Optional<Path> mark;

    private MovedMark(Optional<Path> mark) {
        this.mark = mark;
    }

    static MovedMark of(String url) {
        return new MovedMark(H2File.of(url).map(file -> file.beside(".moved")));
    }

    /** @throws IllegalStateException if the ledger was moved */
    void require() {
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

    /** @return the file that was written; empty where the ledger is in no file */
    Optional<Path> put(DatabaseSettings target, Instant at) {
        mark.ifPresent(file -> {
            try {
                String address = target.toString().replaceAll("^DatabaseSettings\\[url=([^,]*),.*$", "$1");
                Files.writeString(file, "to " + address + " at " + at + System.lineSeparator());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return mark;
    }
}
