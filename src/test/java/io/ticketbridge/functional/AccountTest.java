package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every run ends with an account; one that does not add up fails loudly (P5). */
class AccountTest {
    @TempDir
    private Path folder;

    @Test
    void a_run_that_does_not_add_up_is_named_and_fails_the_command() {
        try (Bridge bridge = Bridge.in(folder)) {
            File scan = Scan.of()
                    .fails("encryption", "disk-1", "disk-2")
                    .write(folder)
                    .toFile();
            bridge.engine().importFiles(Bridge.COMPLIANCE, List.of(scan));
            await().until(bridge.engine().owing()::isSettled);
            long run = bridge.count("select max(id) from run");
            bridge.engine()
                    .database()
                    .client()
                    .sql("update run set read_count = read_count + 1")
                    .update();
            String config = bridge.restart().config().toString();

            try (ChildProcess once =
                    ChildProcess.start(folder, "run", "--once", "--output", "json", "--config", config)) {
                assertThat(once.exit()).as(once.err()).isEqualTo(1);
                assertThat(once.err().lines())
                        .contains(
                                "Run " + run + " of flow compliance failed: its account does not add up, please report"
                                        + " it: 3 findings read, 2 outcomes")
                        .filteredOn(line -> line.contains("ERROR") && line.contains("run=" + run))
                        .hasSize(1);
                assertThat(once.out()).contains("\"error\":\"its account does not add up");
            }
            CommandRun status = CommandRun.of("status", "--output", "json", "--config", config);
            assertThat(status.json().at("/flows").findValues("account"))
                    .anySatisfy(
                            account -> assertThat(account.at("/error").asText()).contains("does not add up"))
                    .anySatisfy(
                            account -> assertThat(account.at("/read").asInt()).isZero());
            assertThat(CommandRun.of("run", "--once", "--config", config).exit())
                    .isZero();
        }
    }

    @Test
    void what_a_disabled_flow_owes_keeps_nobody_waiting_and_follows_when_it_is_enabled() {
        try (Bridge bridge = Bridge.in(folder)) {
            File scan = Scan.of().fails("encryption", "disk-1").write(folder).toFile();
            bridge.importFile(scan);
            bridge.engine()
                    .database()
                    .client()
                    .sql("update finding_group set pending = true, version = version + 1")
                    .update();
            bridge.with("flow.compliance.enabled", "false").restart();

            assertThat(bridge.plan().failures()).isEmpty();
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.count("select count(*) from finding_group where pending"))
                    .isEqualTo(1);

            bridge.with("flow.compliance.enabled", "true").restart().passes();
            assertThat(bridge.count("select count(*) from finding_group where pending"))
                    .isZero();
        }
    }

    @Test
    void a_tampered_run_that_the_next_one_closes_is_named_too() {
        try (Bridge bridge = Bridge.in(folder)) {
            File scan = Scan.of().fails("encryption", "disk-1").write(folder).toFile();
            bridge.engine().importFiles(Bridge.COMPLIANCE, List.of(scan));
            await().until(bridge.engine().owing()::isSettled);
            bridge.engine()
                    .database()
                    .client()
                    .sql("update run set unchanged_count = unchanged_count + 1")
                    .update();
            String config = bridge.restart().config().toString();

            CommandRun imported = CommandRun.of("import", scan.toString(), "--config", config);

            assertThat(imported.exit()).as(imported.err()).isEqualTo(1);
            assertThat(imported.err()).contains("does not add up");
        }
    }
}
