package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.visionone.SimulatedAlert;
import io.ticketbridge.sandbox.visionone.SimulatedNote;
import io.ticketbridge.testing.Bridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to the ticket of an alert reaches the alert, as far as its API goes. */
class AlertSyncTest {
    @TempDir
    private Path folder;

    private Bridge bridge() {
        Bridge bridge = Bridge.in(folder)
                .withShortWaits()
                .with("flow.cases.source", "vision-one-alerts")
                .with("flow.cases.source-filter", "not severity eq 'high'");
        bridge.visionOne().addAlert("Mimikatz", "medium");
        bridge.poll();
        return bridge.later(Duration.ofMinutes(1));
    }

    private static SimulatedAlert alert(Bridge bridge) {
        return bridge.visionOne().alerts().get(0);
    }

    @Test
    void a_resolved_ticket_closes_its_alert_with_a_result() {
        try (Bridge bridge = bridge()) {
            bridge.resolve(bridge.ticket());
            String etag = alert(bridge).etag();

            bridge.poll();

            assertThat(bridge.visionOne().requests().all())
                    .filteredOn(request -> request.method().equals("PATCH"))
                    .as("with the quotes that it came with")
                    .singleElement()
                    .satisfies(
                            patch -> assertThat(patch.headers().get("if-match")).isEqualTo(etag));
            assertThat(alert(bridge).status()).isEqualTo("Closed");
            assertThat(alert(bridge).investigationResult()).isEqualTo("True Positive");
        }
    }

    @Test
    void a_ticket_in_progress_puts_its_alert_in_progress_and_the_result_of_an_analyst_closes_it() {
        try (Bridge bridge = bridge()) {
            String undecided = bridge.visionOne().addAlert("Phishing", "low").id();
            bridge.edit(bridge.ticket(), Map.of("state", "2"));
            bridge.poll();
            assertThat(alert(bridge).status()).isEqualTo("In Progress");

            bridge.visionOne().updateAlert(alert(bridge).id(), Map.of("investigationResult", "False Positive"));
            bridge.later(Duration.ofMinutes(1)).poll();
            resolve(bridge, "Mimikatz", "User error");
            resolve(bridge, "Phishing", "Duplicate");
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(alert(bridge).status()).isEqualTo("Closed");
            assertThat(alert(bridge).investigationResult()).isEqualTo("False Positive");
            assertThat(bridge.visionOne().alertById(undecided).orElseThrow().status())
                    .isEqualTo("Closed");
            assertThat(bridge.visionOne().alertById(undecided).orElseThrow().investigationResult())
                    .isEqualTo("No Findings");
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    private static void resolve(Bridge bridge, String title, String code) {
        bridge.edit(bridge.ticket(title), Map.of("state", "6", "close_code", code, "close_notes", "Looked at"));
    }

    @Test
    void a_work_note_arrives_once_and_a_quiet_pass_writes_nothing() {
        try (Bridge bridge = bridge()) {
            bridge.edit(bridge.ticket(), Map.of("work_notes", "The host is isolated"));
            bridge.serviceNow()
                    .attach(
                            "incident",
                            bridge.ticket().get("sys_id"),
                            "log.txt",
                            "text/plain",
                            new byte[] {1},
                            "beth.anglin");
            bridge.visionOne().updateAlert(alert(bridge).id(), Map.of("severity", "critical"));

            bridge.poll();
            assertThat(bridge.ticket()).containsEntry("priority", "1");
            bridge.later(Duration.ofMinutes(1)).poll();
            bridge.later(Duration.ofMinutes(1)).listen().poll();

            assertThat(alert(bridge).notes())
                    .extracting(SimulatedNote::text)
                    .filteredOn(text -> text.contains("The host is isolated")
                            || text.contains("log.txt\n[alerts take no files; it is on INC"))
                    .hasSize(2);
            assertThat(bridge.writes()).isZero();
            assertThat(bridge.visionOne().requests().countWrites()).isZero();

            bridge.visionOne().updateAlert(alert(bridge).id(), Map.of("severity", "high"));
            bridge.later(Duration.ofMinutes(10)).visionOne().addAlert("Phishing", "low");
            bridge.poll();
            bridge.poll();
            bridge.reconcile();
            bridge.poll();
            assertThat(bridge.ticket("Mimikatz"))
                    .as("what left the filter is followed by the comparison")
                    .containsEntry("priority", "2");
            bridge.reconcile();
            assertThat(bridge.count("select drifted from reconciliation order by id desc limit 1"))
                    .isZero();
        }
    }
}
