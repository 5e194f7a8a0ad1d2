package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The storm breaker holds the surplus and loses nothing (P11, P12). */
class BreakersTest {
    @TempDir
    private Path folder;

    private static Scan failing(int controls) {
        Scan scan = Scan.of();
        IntStream.range(0, controls).forEach(number -> scan.fails("control-" + number, "disk-1"));
        return scan;
    }

    private static Scan passing(int controls) {
        Scan scan = Scan.of();
        IntStream.range(0, controls).forEach(number -> scan.passes("control-" + number, "disk-1"));
        return scan;
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void the_surplus_is_held_and_the_next_passes_drain_it(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.max-new-tickets-per-run", "3")) {
            Path scan = failing(8).write(folder);

            Pass first = bridge.importFile(scan);

            assertThat(bridge.tickets()).hasSize(3);
            assertThat(bridge.held()).isEqualTo(5);
            assertThat(first.findings()).isEqualTo(Map.of("opened", 3L, "held", 5L));

            bridge.importFile(scan);

            assertThat(bridge.tickets()).hasSize(6);

            bridge.importFile(scan);

            assertThat(bridge.tickets()).hasSize(8);
            assertThat(bridge.held()).isZero();
        }
    }

    @Test
    void one_command_lets_everything_go() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "3")) {
            bridge.importFile(failing(8).write(folder));

            bridge.release();

            assertThat(bridge.tickets()).hasSize(8);
            assertThat(bridge.held()).isZero();
        }
    }

    @Test
    void what_is_fixed_while_it_is_held_never_gets_a_ticket() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "3")) {
            bridge.importFile(failing(8).write(folder));

            bridge.importFile(passing(8).write(folder));

            assertThat(bridge.tickets()).hasSize(3).allSatisfy(ticket -> assertThat(ticket)
                    .containsEntry("state", "6"));
            assertThat(bridge.held()).isZero();
        }
    }

    @Test
    void closures_are_held_too() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-closures-per-run", "2")) {
            bridge.importFile(failing(5).write(folder));

            bridge.importFile(passing(5).write(folder));

            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("6"))
                    .hasSize(2);

            bridge.release();

            assertThat(bridge.tickets()).allSatisfy(ticket -> assertThat(ticket).containsEntry("state", "6"));
        }
    }

    @Test
    void a_thousand_controls_on_one_resource_are_held_at_two_hundred_tickets() {
        try (Bridge bridge = Bridge.in(folder)) {
            Pass pass = bridge.importFile(failing(1000).write(folder));

            assertThat(bridge.tickets()).hasSize(200);
            assertThat(bridge.held()).isEqualTo(800);
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 200L, "held", 800L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void what_the_hour_holds_follows_as_it_moves_on_also_after_a_restart(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.max-new-tickets-per-hour", "3")) {
            Pass first = bridge.importFile(failing(8).write(folder));

            assertThat(first.findings()).isEqualTo(Map.of("opened", 3L, "held", 5L));

            bridge.restart().watchBreakers();

            assertThat(bridge.tickets()).hasSize(3);

            bridge.later(Duration.ofMinutes(61)).watchBreakers();

            assertThat(bridge.tickets()).hasSize(6);
            assertThat(bridge.held()).isEqualTo(2);

            bridge.later(Duration.ofMinutes(61)).watchBreakers();

            assertThat(bridge.tickets()).hasSize(8);
            assertThat(bridge.held()).isZero();
        }
    }

    @Test
    void an_hour_holds_over_several_runs_and_a_release_over_both() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.compliance.max-new-tickets-per-hour", "5")
                .with("flow.compliance.max-new-tickets-per-run", "3")) {
            Path scan = failing(9).write(folder);
            bridge.importFile(scan);
            bridge.importFile(scan);
            bridge.importFile(scan);

            assertThat(bridge.tickets()).hasSize(5);

            bridge.release();

            assertThat(bridge.tickets()).hasSize(9);
        }
    }

    @Test
    void the_worst_are_opened_before_the_breaker_holds_the_rest() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "3")) {
            Scan scan = failing(20).ofSeverity(5).fails("worst-1", "disk-1").fails("worst-2", "disk-1");
            bridge.importFile(scan.write(folder));

            assertThat(bridge.tickets())
                    .hasSize(3)
                    .filteredOn(ticket -> ticket.get("short_description").contains("worst-"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_summary_ticket_tells_what_is_held_and_ends_with_it(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)
                .with("flow.compliance.max-new-tickets-per-run", "3")
                .with("flow.compliance.storm-ticket", "true")) {
            Path scan = failing(8).write(folder);

            Pass first = bridge.importFile(scan);

            assertThat(first.findings()).isEqualTo(Map.of("opened", 3L, "held", 5L));
            assertThat(first.tickets()).isEqualTo(Map.of("opened", 3L));
            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary.get("description"))
                    .contains("holds back 5 groups", "5: max-new-tickets-per-run", "release compliance"));

            bridge.restart().importFile(scan);

            assertThat(bridge.summaries()).singleElement().satisfies(summary -> {
                assertThat(summary.get("description")).contains("holds back 2 groups");
                assertThat(bridge.notes(summary)).singleElement().asString().contains("held: 5 -> 2");
            });

            bridge.importFile(scan);

            assertThat(bridge.held()).isZero();
            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary)
                    .containsEntry("state", "6"));
            assertThat(bridge.tickets()).hasSize(9);

            bridge.listen().importFile(scan);

            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void the_next_storm_has_a_summary_ticket_of_its_own() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.compliance.max-new-tickets-per-run", "3")
                .with("flow.compliance.storm-ticket", "true")) {
            bridge.importFile(failing(5).write(folder));
            bridge.release();

            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary)
                    .containsEntry("state", "6"));

            bridge.importFile(failing(12).write(folder));

            assertThat(bridge.summaries()).hasSize(2);
        }
    }

    @Test
    void a_summary_ticket_is_not_kept_in_step_with_any_case() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.cases.max-new-tickets-per-run", "2")
                .with("flow.cases.storm-ticket", "true")) {
            IntStream.range(0, 4).forEach(number -> bridge.visionOne().addCase("Phishing " + number, "P2"));
            bridge.poll();

            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary.get("description"))
                    .contains("holds back 2 groups of flow cases"));

            bridge.visionOne().addCase("Ransomware", "P0");
            bridge.poll();
            bridge.poll();

            assertThat(bridge.held()).isZero();
            assertThat(bridge.tickets()).hasSize(6);
            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary)
                    .containsEntry("state", "6"));
            assertThat(bridge.deadLetters()).isEmpty();

            bridge.poll();
            IntStream.range(0, 4).forEach(number -> bridge.visionOne().addCase("Malware " + number, "P2"));
            bridge.poll();

            assertThat(bridge.summaries()).hasSize(2);
        }
    }

    @Test
    void an_answer_that_is_lost_makes_no_second_summary_ticket() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.compliance.max-new-tickets-per-run", "3")
                .with("servicenow.deliveries", "1")
                .with("flow.compliance.storm-ticket", "true")) {
            bridge.importFile(failing(3).write(folder));
            bridge.with("flow.compliance.max-new-tickets-per-run", "1").restart();
            RequestMatcher opening = RequestMatcher.on("POST", "/table/incident$");
            bridge.serviceNow().faults().next(2, opening, Fault.status(500).afterCommit());

            bridge.importFile(failing(8).write(folder));

            assertThat(bridge.summaries()).hasSize(1);
            assertThat(bridge.tickets()).hasSize(5);
        }
    }

    @Test
    void the_command_says_so_and_ends_with_1() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "3")) {
            Path scan = failing(4).write(folder);
            String config = bridge.config().toString();

            CommandRun held = CommandRun.of("import", scan.toString(), "--config", config);

            assertThat(held.exit()).isEqualTo(1);
            assertThat(held.messages()).singleElement().asString().contains("breaker", "release");

            assertThat(CommandRun.of("release", "--config", config).out()).contains("1 groups released");
            assertThat(CommandRun.of("release", "--output", "json", "--config", config)
                            .json()
                            .path("released"))
                    .hasToString("0");
            assertThat(CommandRun.of("import", scan.toString(), "--config", config)
                            .exit())
                    .isZero();
            assertThat(bridge.tickets()).hasSize(4);
        }
    }
}
