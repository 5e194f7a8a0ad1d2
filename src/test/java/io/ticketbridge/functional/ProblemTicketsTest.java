package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.ServiceNowPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table without a caller, whose state the Table API does not move. */
class ProblemTicketsTest {
    @TempDir
    Path folder;

    private static List<Map<String, String>> problems(Bridge bridge) {
        return bridge.serviceNow().records("problem").stream()
                .filter(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                .toList();
    }

    @Test
    void a_problem_that_is_not_reopened_is_asked_for_once_and_followed_by_another() {
        try (Bridge bridge = Bridge.in(folder)
                .with("profile.tickets.table", "problem")
                .with("flow.compliance.on-recurrence", "reopen")) {
            Path failing = Scan.of().fails("mfa", "user-1").write(folder);
            bridge.importFile(failing);
            assertThat(problems(bridge)).hasSize(1);
            assertThat(bridge.deadLetters()).isEmpty();
            Map<String, String> first = problems(bridge).get(0);
            bridge.serviceNow()
                    .edit(
                            "problem",
                            first.get("sys_id"),
                            Map.of(
                                    "state", "106",
                                    "resolution_code", "fix_applied",
                                    "cause_notes", "A switch",
                                    "fix_notes", "Switched on"),
                            "beth.anglin");

            bridge.importFile(failing);
            assertThat(problems(bridge)).hasSize(1);
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("was to be reopened and stays in state '106'", "on-reopen.state"));

            bridge.importFile(failing);
            bridge.importFile(failing);

            assertThat(problems(bridge)).hasSize(2);
            assertThat(bridge.serviceNow().journal(first.get("sys_id")))
                    .filteredOn(entry -> entry.toString().contains("Reopened:"))
                    .hasSize(1);
            ServiceNowPage.assertTellsOf(bridge);
        }
    }
}
