package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} tells as done only what ServiceNow has (P31). */
class ExplainWritesTest {
    @TempDir
    private Path folder;

    private static String explain(Bridge bridge, String id) {
        CommandRun told =
                CommandRun.of("explain", id, "--config", bridge.config().toString());
        assertThat(told.exit()).as(told.err()).isZero();
        return told.out();
    }

    @Test
    void a_closing_that_died_is_not_told_as_done_nor_as_under_way() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            bridge.serviceNow().settings().unreadable("incident", true);
            bridge.later(Duration.ofDays(1))
                    .importFile(Scan.of().passes("encryption", "disk-1").write(folder));

            assertThat(explain(bridge, "disk-1"))
                    .contains("intended  to resolve INC0010001: nothing fails any more (given up: see the dead letter")
                    .doesNotContain("  resolved  ", "under way");
        }
    }

    @Test
    void an_opening_that_was_refused_is_told_as_refused() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().abortWhen("incident", "Location is mandatory", record -> true);
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));

            assertThat(explain(bridge, "disk-1"))
                    .contains(
                            "refused   to open a record of incident: 1 finding fails, no ticket yet (for good: see the dead letter)")
                    .doesNotContain("  opened  ");
        }
    }

    @Test
    void what_a_breaker_holds_says_how_much_it_is_and_how_it_goes_on() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "1")) {
            bridge.importFile(
                    Scan.of().fails("a", "1").fails("b", "1").fails("c", "1").write(folder));

            assertThat(explain(bridge, "1"))
                    .contains("held: max-new-tickets-per-run")
                    .contains(": 2 of the flow; they go on with its next passes, or at once with release compliance\n");
        }
    }
}
