package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One command takes the ledger to another database: nothing is opened twice, and nothing is lost. */
class MoveLedgerTest {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private String old() {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    private CommandRun move(Bridge bridge, String... more) {
        String[] line = new String[] {
            "move-ledger", "--from", old(), "--config", bridge.config().toString()
        };
        return CommandRun.of(
                Stream.concat(Arrays.stream(line), Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void a_bridge_goes_on_where_it_was() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Case", "P2");
            bridge.poll();
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1", "disk-2")
                    .fails("logging", "disk-1")
                    .write(folder));
            String watermark = bridge.watermark().orElseThrow();
            // One that is written, and nobody hears of it.
            bridge.serviceNow().faults().always(RequestMatcher.writes(), Fault.closedAfterCommit());
            File cut = Scan.of().fails("public-access", "disk-1").write(folder).toFile();
            bridge.engine().importFiles(Bridge.COMPLIANCE, List.of(cut));
            await().atMost(LONGEST).until(() -> bridge.tickets().size() == 4);
            bridge.restart();
            assertThat(bridge.countBeside("select count(*) from ticket where sys_id is null"))
                    .isOne();
            bridge.serviceNow().faults().clear();
            List<Map<String, String>> tickets = bridge.tickets();

            bridge.movedTo(Ledger.POSTGRESQL);
            assertThat(move(bridge, "--dry-run").out()).contains("Nothing was moved");
            CommandRun moved = move(bridge, "--output", "json");
            assertThat(moved.exit()).as(moved.err()).isZero();
            for (JsonNode table : moved.json().path("tables")) {
                if (table.path("table").asText().equals("ticket")) {
                    assertThat(table.path("rows").asInt()).isEqualTo(tickets.size());
                }
            }

            assertThat(bridge.watermark()).hasValue(watermark);
            bridge.listen();
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1", "disk-2")
                    .fails("logging", "disk-1")
                    .write(folder));
            bridge.poll();
            assertThat(bridge.writes()).isZero();
            assertThat(bridge.count("select count(*) from ticket where sys_id is null"))
                    .isZero();

            bridge.importFile(Scan.of()
                    .passes("logging", "disk-1")
                    .fails("encryption", "disk-1", "disk-2")
                    .write(folder));
            assertThat(bridge.tickets()).hasSameSizeAs(tickets);
            assertThat(bridge.ticket("logging")).containsEntry("state", "6");
        }
    }

    @Test
    void nobody_moves_a_ledger_that_runs_or_starts_on_one_that_was_moved() throws Exception {
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.poll", "1h")) {
            String config = bridge.config().toString();
            try (ChildProcess run = ChildProcess.start(folder, "run", "--config", config)) {
                await().atMost(LONGEST).until(() -> run.err().contains("Running."));
                bridge.movedTo(Ledger.POSTGRESQL);
                CommandRun refused = move(bridge);
                assertThat(refused.exit()).isEqualTo(2);
                assertThat(refused.messages()).singleElement().asString().contains("--from", "is at work", "stop it");
                // Its lock file stays behind.
                run.kill();
            }

            CommandRun moved = move(bridge);
            assertThat(moved.exit()).as(moved.err()).isZero();
            assertThat(moved.out()).contains("start `run` again", "kept as a back-up");

            bridge.with("database.url", old()).with("database.user", null).with("database.password", null);
            CommandRun second =
                    CommandRun.of("run", "--once", "--config", bridge.config().toString());
            assertThat(second.exit()).isEqualTo(2);
            assertThat(second.messages())
                    .singleElement()
                    .asString()
                    .contains("it was moved to jdbc:postgresql:", "Set ticketbridge.database.url to that ledger");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_that_is_killed_leaves_an_empty_ledger_and_is_made_again(Ledger ledger) throws Exception {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.baseline", "silence")) {
            String[] disks = IntStream.range(0, 4_000)
                    .mapToObj(number -> "disk-" + number)
                    .toArray(String[]::new);
            bridge.importFile(Scan.of().fails("encryption", disks).write(folder));
            bridge.movedTo(ledger);
            try (ChildProcess process = ChildProcess.start(
                    folder,
                    "move-ledger",
                    "--from",
                    old(),
                    "--config",
                    bridge.config().toString())) {
                await().pollInterval(Duration.ofMillis(2))
                        .atMost(LONGEST)
                        .until(() -> !process.isAlive() || process.err().contains("rows copied"));
                assertThat(process.isAlive()).as(process.err()).isTrue();
                process.kill();
            }
            assertThat(folder.resolve("ledger.moved")).doesNotExist();
            assertThat(bridge.countBeside("select count(*) from finding")).isZero();

            CommandRun again = move(bridge);

            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(bridge.countBeside("select count(*) from finding")).isEqualTo(4_000);
            assertThat(Files.exists(folder.resolve("ledger.moved"))).isTrue();
        }
    }

    @Test
    void what_is_wrong_with_the_command_line_is_said_with_its_cure() {
        try (Bridge bridge = Bridge.in(folder)) {
            assertThat(move(bridge).messages()).singleElement().asString().contains("names the ledger of");

            bridge.with("database.url", "jdbc:h2:file:" + folder.resolve("new"));
            assertThat(move(bridge).messages()).singleElement().asString().contains("--from: ", "there is no ledger");
            CommandRun noUrl = CommandRun.of(
                    "move-ledger",
                    "--from",
                    "./data",
                    "--config",
                    bridge.config().toString());
            assertThat(noUrl.exit()).isEqualTo(2);
            assertThat(noUrl.messages()).singleElement().asString().contains("--from must begin with");
        }
    }
}
