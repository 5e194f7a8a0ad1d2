package io.ticketbridge.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who can read what H2 keeps beside the data can write it: that is for nobody else (P39). */
@DisabledOnOs(OS.WINDOWS)
class LedgerFolderTest {
    @TempDir
    private Path folder;

    @Test
    void a_folder_that_is_made_for_the_ledger_is_for_this_user_alone() throws IOException {
        Path made = folder.resolve("data/ticketbridge");

        open(made);

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.getParent())).isEqualTo("rwx------");
        assertThat(LedgerFolder.openToOthers(file(made))).isEmpty();
    }

    @Test
    void a_folder_that_is_there_stays_as_it_is_and_is_found_to_be_open() throws IOException {
        Path there = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(LedgerFolder.openToOthers(file(there)))
                .as("nothing is in it yet")
                .isEmpty();

        open(there);

        assertThat(permissions(there)).isEqualTo("rwxr-xr-x");
        Files.setPosixFilePermissions(file(there).data(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(LedgerFolder.check(settings(there)))
                .hasValueSatisfying(found -> assertThat(found.cure()).isEqualTo("chmod 700 " + there));
        Files.setPosixFilePermissions(file(there).data(), PosixFilePermissions.fromString("rw-------"));
        assertThat(LedgerFolder.openToOthers(file(there))).isEmpty();
    }

    private static void open(Path folder) {
        LedgerDatabase.open(settings(folder)).close();
    }

    private static DatabaseSettings settings(Path folder) {
        return new DatabaseSettings(url(folder), "", Secret.NONE, 2);
    }

    private static H2File file(Path folder) {
        return H2File.of(url(folder)).orElseThrow();
    }

    private static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
