package io.ticketbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.LedgerReport.Progressed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Long work shows how it gets on (P32). */
class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String shown(boolean terminal, Progressed... seen) {
        Iterator<Progressed> looks = List.of(seen).iterator();
        try (Progress progress = Progress.shownOn(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                terminal,
                () -> looks.hasNext() ? looks.next() : seen[seen.length - 1])) {
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
}
