package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step of a route chooses another profile than the flow's, here for what is critical (P22). */
class ChosenProfileTest {
    private static final String DECIDE = "60-decide-ticket.camel.yaml";
    private static final String STEP =
            """
                          - filter:
                              id: is-critical
                              expression:
                                simple:
                                  expression: "${body.group.severity} == 'CRITICAL'"
                              steps:
                                - bean:
                                    id: take-critical-profile
                                    ref: deliveries
                                    method: useProfile(${body}, 'urgent')
            """;

    @TempDir
    private Path folder;

    private Path routes;

    @BeforeEach
    void chooseInRoute() throws IOException {
        routes = Files.createDirectories(folder.resolve("edited"));
        String shipped = Files.readString(Path.of("routes", DECIDE));
        String before = "              - filter:\n                  id: has-intent\n";
        Files.writeString(routes.resolve(DECIDE), shipped.replace(before, STEP + before));
    }

    private Bridge bridge() {
        return Bridge.in(folder).withRoutes(routes).with("profile.urgent.table", "sn_si_incident");
    }

    private static List<Map<String, String>> urgent(Bridge bridge) {
        return bridge.serviceNow().records("sn_si_incident").stream()
                .filter(record -> record.getOrDefault("correlation_id", "").startsWith("ticketbridge-"))
                .toList();
    }

    @Test
    void a_ticket_opens_with_the_chosen_profile_and_is_resolved_in_its_own_table() throws IOException {
        try (Bridge bridge = bridge()) {
            bridge.importFile(Scan.of()
                    .fails("plain", "one")
                    .ofSeverity(5)
                    .fails("critical", "two")
                    .write(folder));

            assertThat(bridge.ticket().get("short_description")).contains("Rule plain");
            assertThat(urgent(bridge)).singleElement().satisfies(record -> assertThat(record.get("short_description"))
                    .contains("Rule critical"));

            bridge.importFile(
                    Scan.of().passes("plain", "one").passes("critical", "two").write(folder));

            assertThat(bridge.ticket().get("state")).isEqualTo("6");
            assertThat(urgent(bridge)).singleElement().satisfies(record -> assertThat(record.get("state"))
                    .isEqualTo("3"));
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void an_open_ticket_keeps_its_profile_when_it_becomes_critical() throws IOException {
        try (Bridge bridge = bridge()) {
            bridge.importFile(Scan.of().fails("plain", "one").write(folder));

            bridge.importFile(
                    Scan.of().ofSeverity(5).fails("plain", "one", "two").write(folder));

            assertThat(urgent(bridge)).isEmpty();
            assertThat(bridge.notes(bridge.ticket())).anyMatch(note -> note.contains("Joined:"));
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void an_open_that_may_have_happened_is_looked_up_in_the_table_that_it_was_sent_to() throws IOException {
        try (Bridge bridge = bridge()) {
            bridge.serviceNow()
                    .faults()
                    .next(1, RequestMatcher.on("POST", "/table/sn_si_incident$"), Fault.closedAfterCommit());
            bridge.importFile(Scan.of().ofSeverity(5).fails("critical", "two").write(folder));

            assertThat(bridge.tickets()).isEmpty();
            assertThat(urgent(bridge)).hasSize(1);
        }
    }

    @Test
    void a_profile_that_is_not_there_is_a_dead_letter_that_says_so() throws IOException {
        try (Bridge bridge = bridge().with("profile.urgent.table", null)) {
            bridge.importFile(Scan.of().ofSeverity(5).fails("critical", "two").write(folder));

            assertThat(bridge.tickets()).isEmpty();
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("profile urgent", "flow compliance", "ticketbridge.profile.urgent.table"));
        }
    }

    @Test
    void a_flow_that_is_kept_in_step_keeps_its_one_profile() throws IOException {
        String decide = Files.readString(routes.resolve(DECIDE));
        Files.writeString(routes.resolve(DECIDE), decide.replace("== 'CRITICAL'", "!= 'LOW'"));
        try (Bridge bridge = bridge()) {
            bridge.visionOne().addCase("Odd login", "P0");
            bridge.poll();

            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("kept in step", "ticketbridge.flow.cases.sync-back=false"));
        }
    }
}
