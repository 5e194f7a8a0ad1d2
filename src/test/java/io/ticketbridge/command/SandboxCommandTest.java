package io.ticketbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole simulated world in one process (P28). */
class SandboxCommandTest {
    @Test
    void the_same_seed_gives_the_same_ticket_the_same_number() {
        List<String> first = once("1");

        // What the guide promises.
        assertThat(first).hasSizeBetween(65, 75).isEqualTo(once("1"));
        assertThat(first).isNotEqualTo(once("8"));
    }

    /** The lines that name tickets. */
    private static List<String> once(String seed) {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(TicketbridgeCommand.execute("sandbox", "--once", "--seed", seed))
                    .isZero();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("+"))
                .toList();
    }
}
