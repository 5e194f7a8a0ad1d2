package io.ticketbridge.ledger.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A copy of an H2 file beside it, for as long as its schema is changed: H2 keeps what a change that was killed had done, and nobody can
 * go on from there, nor take it back.
 */
final class CopyBeside {
    /** H2's error code for a user who may not make one. */
    private static final int NO_ADMINISTRATOR = 90040;

    private final Optional<H2File> file;

    private CopyBeside(Optional<H2File> file) {
        this.file = file;
    }

    /** Of a file that is thrown away, as a plan's is, there is none. */
    static CopyBeside of(String url) {
        return new CopyBeside(
                url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=FALSE") ? Optional.empty() : H2File.of(url));
    }

    private static Path zip(H2File file) {
        return file.beside(".before-update.zip");
    }

    /** What a change left that did not come to its end. */
    Optional<Path> left() {
        return file.map(CopyBeside::zip).filter(Files::exists);
    }

    /** One that is there is of before, and stays. */
    void make(DataSource ledger) {
        if (file.isEmpty() || left().isPresent()) {
            return;
        }
        Path part = file.get().beside(".before-update.part");
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("backup to '" + part.toString().replace("'", "''") + "'");
            Files.move(part, zip(file.get()), StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_ADMINISTRATOR) {
                throw new IllegalStateException("no copy of it can be made before the update: " + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        left().ifPresent(zip -> {
            try {
                Files.delete(zip);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
