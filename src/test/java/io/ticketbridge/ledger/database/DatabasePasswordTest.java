package io.ticketbridge.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's password may be changed while connections are open. */
class DatabasePasswordTest {
    @TempDir
    private Path folder;

    @Test
    void new_connections_use_the_password_that_the_file_holds_now() throws IOException, SQLException {
        Path file = Files.writeString(folder.resolve("password"), "first-one");
        var settings = Settings.load(
                        Sources.only(Map.of(
                                "ticketbridge.database.url",
                                "jdbc:h2:file:" + folder.resolve("ledger"),
                                "ticketbridge.database.user",
                                "keeper",
                                "ticketbridge.database.password.file",
                                file.toString())),
                        Requirement.LEDGER_ONLY)
                .database();
        try (LedgerDatabase database = LedgerDatabase.open(settings);
                Connection first = database.dataSource().getConnection()) {
            database.jdbc().execute("alter user keeper set password 'other-one'");
            Files.writeString(file, "other-one");

            // More than the pool has opened so far.
            try (Connection second = database.dataSource().getConnection();
                    Connection third = database.dataSource().getConnection()) {
                assertThat(second.isValid(1)).isTrue();
                assertThat(third.isValid(1)).isTrue();
            }
            assertThat(first.isValid(1)).isTrue();
        }
    }
}
