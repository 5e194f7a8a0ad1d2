package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
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

    @Test
    void the_command_says_so_and_ends_with_1() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.max-new-tickets-per-run", "3")) {
            Path scan = failing(4).write(folder);
            String config = bridge.config().toString();

            CommandRun held = CommandRun.of("import", scan.toString(), "--config", config);

            assertThat(held.exit()).isEqualTo(1);
            assertThat(held.messages()).singleElement().asString().contains("breaker", "release");

            assertThat(CommandRun.of("release", "--config", config).out()).contains("1 groups released");
            assertThat(CommandRun.of("import", scan.toString(), "--config", config)
                            .exit())
                    .isZero();
            assertThat(bridge.tickets()).hasSize(4);
        }
    }
}
