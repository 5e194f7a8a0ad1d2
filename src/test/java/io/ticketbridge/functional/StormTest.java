package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.ledger.run.Breakers;
import io.ticketbridge.sandbox.scans.ScanFormat;
import io.ticketbridge.sandbox.scans.SimulatedCloud;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Very many new findings at once: each is accounted for (P5, P12). {@code -Dstorm.findings=100000} is the long form. */
class StormTest {
    private static final int FINDINGS = Integer.getInteger("storm.findings", 60);
    private static final int OPENED = 20;

    @TempDir
    private Path folder;

    private Path scan(Bridge bridge) {
        Path file = folder.resolve("storm.ocsf.json");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            SimulatedCloud cloud = SimulatedCloud.ofUsualSize(6, bridge.clock());
            cloud.writeFailures(out, ScanFormat.OCSF, cloud.failing().get(0).check(), FINDINGS);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void every_finding_of_a_storm_is_accounted_for_and_a_release_delivers_it(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)
                .with("flow.compliance.group-by", "resource")
                .with("flow.compliance.max-new-tickets-per-run", String.valueOf(OPENED))
                .with("flow.compliance.storm-ticket", "true")) {
            Path scan = scan(bridge);

            Pass pass = bridge.importFile(scan);

            long held = FINDINGS - OPENED;
            assertThat(pass.findings()).isEqualTo(Map.of("opened", (long) OPENED, "held", held));
            assertThat(bridge.held()).isEqualTo(held);
            assertThat(bridge.tickets()).hasSize(OPENED + 1);
            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary.get("description"))
                    .contains("holds back " + held + " groups"));

            assertThat(bridge.restart().held()).isEqualTo(held);

            new Breakers(bridge.engine().database(), bridge.clock()).release(Bridge.COMPLIANCE);
            await().atMost(Duration.ofMinutes(30)).until(bridge.engine().owing()::isSettled);

            assertThat(bridge.held()).isZero();
            assertThat(bridge.tickets())
                    .hasSize(FINDINGS + 1)
                    .extracting(ticket -> ticket.get("correlation_id"))
                    .doesNotHaveDuplicates();
            assertThat(bridge.summaries()).singleElement().satisfies(summary -> assertThat(summary)
                    .containsEntry("state", "6"));
        }
    }
}
