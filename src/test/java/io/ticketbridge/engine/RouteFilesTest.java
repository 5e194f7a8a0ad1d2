package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which route files are there (P34). What can't be seen just now is not gone. */
class RouteFilesTest {
    private static final String OWN = "77-own.camel.yaml";

    @TempDir
    private Path parent;

    @Test
    void a_folder_that_never_was_leaves_the_files_of_the_jar() {
        assertThat(new RouteFiles(parent.resolve("routes")).read()).hasSizeGreaterThan(50);
    }

    @Test
    void a_folder_that_vanishes_is_no_folder_without_files() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("routes"));
        Files.writeString(folder.resolve(OWN), "- route: {}");
        RouteFiles files = new RouteFiles(folder);
        assertThat(files.read()).containsKey(OWN);

        Path away = Files.move(folder, parent.resolve("away"));
        assertThatThrownBy(files::read)
                .isInstanceOf(CannotStart.class)
                .hasMessage("The route files can't be read: " + folder
                        + ": was there before; put it back, or restart to go on with the routes of the jar");

        Files.move(away, folder);
        assertThat(files.read()).containsKey(OWN);
        Files.delete(folder.resolve(OWN));
        assertThat(files.read()).as("deleted on purpose").doesNotContainKey(OWN);
    }

    @Test
    void one_s_own_are_those_that_were_edited_or_added() throws IOException {
        RouteFiles files = new RouteFiles(Files.createDirectory(parent.resolve("routes")));
        String shipped = Files.readString(Path.of("routes", "40-dedupe-findings.camel.yaml"));
        Path copy = Files.writeString(parent.resolve("routes/40-dedupe-findings.camel.yaml"), shipped);
        assertThat(files.own(files.read())).isEmpty();

        Files.writeString(copy, shipped + "# edited\n");
        Files.writeString(parent.resolve("routes").resolve(OWN), "- route: {}");
        assertThat(files.own(files.read())).containsExactly("40-dedupe-findings.camel.yaml", OWN);
    }

    @Test
    void a_folder_that_can_not_be_looked_at_is_no_folder_without_files() throws IOException {
        Path file = Files.writeString(parent.resolve("routes"), "no folder");

        assertThatThrownBy(new RouteFiles(file)::read)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is no folder");
        assertThatThrownBy(new RouteFiles(file.resolve("below"))::read).isInstanceOf(CannotStart.class);
    }
}
