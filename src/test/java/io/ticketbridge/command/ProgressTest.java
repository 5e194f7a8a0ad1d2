package io.ticketbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.engine.FileReading;
import io.ticketbridge.ledger.report.LedgerReport.Progressed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Long work shows how it gets on (P32). */
class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String shown(boolean terminal, Progressed... seen) {
        Iterator<Progressed> looks = List.of(seen).iterator();
        try (Progress progress = Progress.shownOn(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                terminal,
                () -> looks.hasNext() ? looks.next() : seen[seen.length - 1],
                Optional::empty)) {
            while (looks.hasNext()) {
                progress.show();
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void where_there_is_no_terminal_lines_are_plain_and_said_once() {
        String lines = shown(
                false,
                new Progressed(0, 0, 0),
                new Progressed(12_000, 0, 0),
                new Progressed(12_000, 0, 0),
                new Progressed(12_500, 3, 4));

        assertThat(lines.lines())
                .containsExactly("12,000 findings read", "12,500 findings read, 3 tickets written, 4 owed");
    }

    @Test
    void on_a_terminal_a_bar_shows_reading_and_then_delivering() {
        String bars =
                shown(true, new Progressed(12_000, 0, 0), new Progressed(12_500, 3, 9), new Progressed(12_500, 12, 0));

        assertThat(bars).contains("\r", "Reading", "12000", "Delivering", "100%", "12/12");
    }

    private String ofFile(boolean terminal, FileReading... files) {
        Iterator<FileReading> looks = List.of(files).iterator();
        try (Progress progress = Progress.shownOn(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                terminal,
                () -> new Progressed(1000, 0, 0),
                () -> looks.hasNext() ? Optional.of(looks.next()) : Optional.empty())) {
            for (int look = 0; look <= files.length; look++) {
                progress.show();
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void of_a_file_it_is_said_how_much_of_it_is_read() {
        String lines = ofFile(
                false,
                new FileReading("monday.json", 25_000_000, 100_000_000),
                new FileReading("monday.json", 50_000_000, 100_000_000));

        assertThat(lines.lines())
                .containsExactly(
                        "1,000 findings read, 25% of monday.json (100.0 MB)",
                        "1,000 findings read, 50% of monday.json (100.0 MB)", "1,000 findings read");
    }

    @Test
    void on_a_terminal_each_file_has_its_own_bar_up_to_its_size() {
        String bars = ofFile(
                true,
                new FileReading("mon\u001B[2Jday.json", 100_000_000, 100_000_000),
                new FileReading("tuesday.json", 5_000_000, 20_000_000));

        assertThat(bars).contains("mon [2Jday.json", "100%", "100/100", "tuesday.json", "25%", "5/20", "MB");
        assertThat(bars).doesNotContain("\u001B[2J");
    }
}
