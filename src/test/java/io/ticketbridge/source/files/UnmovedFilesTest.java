package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnmovedFilesTest {
    @TempDir
    private Path folder;

    private final FindingsFiles files = new FindingsFiles(null, flow -> true, false, Clock.systemUTC());
    private final Exchange pass = new DefaultExchange(new DefaultCamelContext());
    private File monday;
    private File tuesday;

    @BeforeEach
    void two_scans() throws IOException {
        monday = scan("monday.json", "2026-11-02T06:00:00Z");
        tuesday = scan("tuesday.json", "2026-11-03T06:00:00Z");
    }

    private File scan(String name, String time) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "[]");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)))
                .toFile();
    }

    private Iterator<File> waiting() throws IOException {
        return files.waiting(pass, folder.toString());
    }

    /** A file where the folder should be. */
    private void blocked() throws IOException {
        Files.delete(folder.resolve(".done"));
        Files.writeString(folder.resolve(".done"), "");
    }

    private void mended() throws IOException {
        Files.delete(folder.resolve(".done"));
    }

    @Test
    void newer_files_wait_where_one_that_was_read_cannot_be_moved() throws IOException {
        Iterator<File> waiting = waiting();
        pass.setProperty("file", waiting.next());
        blocked();

        assertThatThrownBy(() -> files.done(pass))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContainingAll("monday.json", "can't be moved to .done", "give the process the right");

        assertThat(waiting.hasNext()).isFalse();
    }

    @Test
    void one_that_was_read_and_could_not_be_moved_is_moved_before_another_is_read() throws IOException {
        pass.setProperty("file", waiting().next());
        blocked();
        assertThatThrownBy(() -> files.done(pass)).isInstanceOf(FileSystemException.class);
        mended();

        assertThat(waiting()).toIterable().containsExactly(tuesday);
        assertThat(folder.resolve(".done/monday.json")).exists();
    }

    @Test
    void nothing_is_read_while_it_still_cannot_be_moved() throws IOException {
        UnmovedFiles unmoved = new UnmovedFiles(Clock.systemUTC());
        waiting();
        blocked();
        assertThatThrownBy(() -> unmoved.putAway(monday, ".done")).isInstanceOf(FileSystemException.class);

        assertThatThrownBy(() -> unmoved.moved(List.of(monday, tuesday))).isInstanceOf(FileSystemException.class);

        scan("monday.json", "2026-11-04T06:00:00Z");
        assertThat(unmoved.moved(List.of(tuesday, monday)))
                .as("changed, and so to be read again")
                .containsExactly(tuesday, monday);
    }
}
