package io.ticketbridge.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An empty file beside an H2 file that says: this one held a ledger. H2 opens a damaged file as if it were new where it finds an
 * early state of it, and an empty ledger would open every ticket again.
 */
final class FileSeal {
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?([.~/][^;]*).*");

    private final Path file;
    private final Path seal;

    private FileSeal(Path file, Path seal) {
        this.file = file;
        this.seal = seal;
    }

    static FileSeal of(String url) {
        Matcher matcher = H2_FILE.matcher(url);
        if (!matcher.matches()) {
            return new FileSeal(null, null);
        }
        String name = matcher.group(1).replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")));
        return new FileSeal(Path.of(name + ".mv.db"), Path.of(name + ".sealed"));
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
