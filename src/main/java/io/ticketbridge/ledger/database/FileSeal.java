package io.ticketbridge.ledger.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * An empty file beside an H2 file that says: this one held a ledger. H2 opens a damaged file as if it were new where it finds an
 * early state of it, and an empty ledger would open every ticket again.
 */
final class FileSeal {
    private final Path file;
    private final Path seal;

    private FileSeal(Path file, Path seal) {
        this.file = file;
        this.seal = seal;
    }

    static FileSeal of(String url) {
        return H2File.of(url)
                .map(file -> new FileSeal(file.data(), file.beside(".sealed")))
                .orElseGet(() -> new FileSeal(null, null));
    }

    /** @throws IllegalStateException if a ledger was there, and now its file holds none */
    void require(BooleanSupplier holdsLedger) {
        if (seal != null && Files.exists(seal) && Files.exists(file) && !holdsLedger.getAsBoolean()) {
            throw new IllegalStateException("the file is corrupt, its ledger is gone (to begin anew, delete " + file
                    + " and " + seal.getFileName() + ")");
        }
    }

    void put() {
        if (seal != null && Files.exists(file)) {
            try {
                Files.write(seal, new byte[0]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
