package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is over is forgotten after its time; what an open ticket needs is not. */
class RetentionTest {
    @TempDir
    private Path folder;

    private static Bridge remembering(Bridge bridge) {
        return bridge.with("flow.compliance.group-by", "resource")
                .with("retention.findings", "30")
                .with("retention.runs", "30")
                .with("retention.dead-letters", "30");
    }

    private static List<Map<String, String>> of(Bridge bridge, String resource) {
        return bridge.tickets().stream()
                .filter(ticket -> ticket.get("description").contains(resource))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void findings_that_ended_are_forgotten_except_those_of_open_tickets_and_accepted_risks(Ledger ledger) {
        try (Bridge bridge = remembering(Bridge.in(folder, ledger))
                .with("profile.tickets.accepted-risk.close-code", "Risk accepted")) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1", "disk-2", "accepted")
                    .fails("logging", "disk-2")
                    .write(folder));
            bridge.edit(
                    of(bridge, "accepted").get(0),
                    Map.of("state", "7", "close_code", "risk_accepted", "close_notes", "The CISO agreed"));
            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1", "disk-2", "accepted")
                    .fails("logging", "disk-2")
                    .write(folder));
            bridge.later(Duration.ofDays(29)).call("forget-old");
            assertThat(bridge.count("select count(*) from finding")).isEqualTo(4);

            bridge.later(Duration.ofDays(2)).call("forget-old");

            assertThat(bridge.count("select count(*) from finding")).isEqualTo(3);
            assertThat(bridge.count("select count(*) from finding where resource_uid = 'disk-2'"))
                    .isEqualTo(2);

            bridge.importFile(
                    Scan.of().fails("encryption", "disk-1", "accepted").write(folder));
            assertThat(of(bridge, "accepted"))
                    .as("what was accepted and fails again is covered still")
                    .hasSize(1);
            assertThat(of(bridge, "disk-1"))
                    .extracting(ticket -> ticket.get("correlation_id").replaceAll(".*-", ""))
                    .containsExactlyInAnyOrder("1", "2");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void runs_are_forgotten_except_the_last_that_came_to_its_end(Ledger ledger) {
        try (Bridge bridge = remembering(Bridge.in(folder, ledger)).with("flow.compliance.baseline", "silence")) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            Account last = bridge.importFile(
                            Scan.of().fails("encryption", "disk-1").write(folder))
                    .accounts()
                    .get(0);

            bridge.later(Duration.ofDays(31)).call("forget-old");

            assertThat(bridge.count("select count(*) from run")).isEqualTo(1);
            assertThat(bridge.count("select max(id) from run")).isEqualTo(last.run());
            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));
            assertThat(bridge.tickets()).as("it is no first run again").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void dead_letters_are_forgotten_once_they_were_delivered(Ledger ledger) {
        try (Bridge bridge = remembering(Bridge.in(folder, ledger))
                .with("flow.compliance.group-by", "control")
                .with("flow.compliance.baseline", "adopt")
                .with("profile.tickets.adopt-query", "short_description=${body.title}")) {
            bridge.importFile(
                    Scan.of().fails("a^b", "disk-1").raw("{\"class_uid\":2004}").write(folder));
            assertThat(bridge.deadLetters()).hasSize(2);
            bridge.restart().with("profile.tickets.adopt-query", null);
            bridge.importFile(Scan.of().fails("a^b", "disk-1", "disk-2").write(folder));
            assertThat(bridge.tickets()).hasSize(1);
            bridge.later(Duration.ofDays(29)).call("forget-old");
            assertThat(bridge.count("select count(*) from dead_letter")).isEqualTo(2);

            bridge.later(Duration.ofDays(2)).call("forget-old");

            assertThat(bridge.count("select count(*) from dead_letter")).isEqualTo(1);
            assertThat(bridge.deadLetters()).hasSize(1);
        }
    }
}
