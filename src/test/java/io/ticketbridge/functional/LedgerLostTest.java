package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger goes away, is full, or is damaged: one line says so, and nothing is lost or doubled. */
class LedgerLostTest {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String OUTAGE = "The ledger can't be used";

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("pgdata"))
                .setCleanDataDirectory(false)
                .start();
    }

    /** One line of trouble, with cause and cure, and no stack trace. */
    private static void assertOneLine(ChildProcess run, String cure) {
        assertThat(run.err().lines().filter(line -> !line.contains(" INFO ")))
                .singleElement()
                .asString()
                .contains("ERROR", OUTAGE, "cause=", cure);
    }

    @Test
    void a_database_that_stops_and_starts_costs_one_line_and_no_ticket() throws Exception {
        EmbeddedPostgres first = postgres(0);
        int port = first.getPort();
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.with("database.url", "jdbc:postgresql://localhost:" + port + "/postgres?connectTimeout=2")
                    .with("database.user", "postgres")
                    .with("database.password", "postgres")
                    .with("flow.cases.poll", "10s");
            bridge.visionOne().addCase("Before", "P2");
            try (ChildProcess run = ChildProcess.start(
                    folder, "run", "--config", bridge.config().toString())) {
                await().atMost(LONGEST).until(() -> run.err().contains("Ticket opened"));

                first.close();
                bridge.visionOne().addCase("Meanwhile", "P2");
                await().atMost(LONGEST).until(() -> run.err().contains(OUTAGE));
                try (EmbeddedPostgres second = postgres(port)) {
                    await().atMost(LONGEST).until(() -> bridge.tickets().size() == 2);
                    await().atMost(LONGEST).until(() -> run.err().contains("can be used again"));
                    assertThat(second.getPort()).isEqualTo(port);
                    assertOneLine(run, "see that the database");
                }
            }
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactlyInAnyOrder("Before", "Meanwhile");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_full_disk_costs_one_line_and_no_ticket() throws IOException {
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.poll", "10s")) {
            // The schema is there before: making it takes more room than what it leaves behind.
            bridge.poll();
            String config = bridge.restart().config().toString();
            int kilobytes = (int) (Files.size(folder.resolve("ledger.mv.db")) / 1024);
            IntStream.range(0, 150).forEach(number -> bridge.visionOne()
                    .addCase(Map.of(
                            "name",
                            "Case " + number,
                            "description",
                            UUID.randomUUID().toString().repeat(100))));
            try (ChildProcess run = ChildProcess.startWithin(kilobytes + 800, folder, "run", "--config", config)) {
                await().atMost(LONGEST).until(() -> run.err().contains(OUTAGE));
                // A second pass must fall into it, and comes in 10 seconds at the soonest.
                await().during(Duration.ofSeconds(12)).atMost(LONGEST).until(run::isAlive);
                assertOneLine(run, "make room");
                run.kill();
            }

            try (ChildProcess run = ChildProcess.start(folder, "run", "--once", "--config", config)) {
                assertThat(run.exit()).as(run.err()).isZero();
            }

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .hasSize(150)
                    .doesNotHaveDuplicates();
        }
    }

    /** H2 opens a damaged file as if it were new, where it finds an early state of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 8192, -10_000})
    void a_damaged_file_is_refused_with_one_line_and_nothing_is_opened_again(int from) throws IOException {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Before", "P2");
            bridge.poll();
            String config = bridge.restart().config().toString();
            Path file = folder.resolve("ledger.mv.db");
            byte[] bytes = Files.readAllBytes(file);
            if (from < 0) {
                bytes = Arrays.copyOf(bytes, -from);
            } else {
                Arrays.fill(bytes, from, bytes.length, (byte) 7);
            }
            Files.write(file, bytes);

            CommandRun run = CommandRun.of("run", "--once", "--config", config);

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.messages())
                    .singleElement()
                    .asString()
                    .contains("ticketbridge.database.url", "Restore the file from a back-up");
            assertThat(bridge.tickets()).hasSize(1);
        }
    }
}
