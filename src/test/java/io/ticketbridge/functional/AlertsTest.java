package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.SimulatedAlert;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbench alerts become incidents, as cases would, and stay in step. */
class AlertsTest {
    private static final Predicate<String> LIST = path -> path.endsWith("/workbench/alerts");
    private static final Predicate<Request> SECOND_PAGE =
            request -> LIST.test(request.path()) && request.rawQuery().contains("skipToken");
    private static final int FOR_GOOD = 1000;

    @TempDir
    private Path folder;

    private Bridge bridge() {
        return bridge(Ledger.H2);
    }

    /** The flow that reads cases elsewhere reads alerts here. */
    private Bridge bridge(Ledger ledger) {
        return Bridge.in(folder, ledger).withShortWaits().with("flow.cases.source", "vision-one-alerts");
    }

    private static SimulatedAlert alert(Bridge bridge) {
        return bridge.visionOne().addAlert("Mimikatz", "medium");
    }

    @Test
    void an_alert_that_falls_out_of_the_filter_while_the_list_is_read_costs_no_other() {
        try (Bridge bridge = bridge().with("flow.cases.source-filter", "status eq 'Open'")) {
            String first = alert(bridge).id();
            IntStream.range(1, 25).forEach(number -> alert(bridge));
            bridge.visionOne().faults().nextMatching(1, SECOND_PAGE, (request, simulator) -> {
                bridge.visionOne().closeAlert(first, "False Positive");
                return simulator.handle(request);
            });

            Pass pass = bridge.poll();

            assertThat(pass.read()).as("each once").isEqualTo(25);
            assertThat(bridge.tickets()).hasSize(25);
            assertThat(bridge.visionOne().requests().all().stream().filter(request -> LIST.test(request.path())))
                    .as("three pages, twice")
                    .hasSize(6);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_first_pass_opens_one_ticket_per_open_alert(Ledger ledger) {
        try (Bridge bridge = bridge(ledger)) {
            bridge.visionOne()
                    .addAlert(Map.of(
                            "model",
                            "Ransomware",
                            "severity",
                            "critical",
                            "description",
                            "Files were renamed.",
                            "impactScope",
                            Map.of(
                                    "entities",
                                    List.of(Map.of("entityType", "host", "entityValue", Map.of("name", "FS-01"))))));
            bridge.visionOne().addAlert("Phishing", "low");
            SimulatedAlert closed = bridge.visionOne().addAlert("Done long ago", "high");
            bridge.visionOne().closeAlert(closed.id(), "False Positive");

            Pass pass = bridge.poll();

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactlyInAnyOrder("Ransomware on FS-01", "Phishing");
            assertThat(bridge.ticket("Ransomware"))
                    .containsEntry("priority", "1")
                    .containsEntry("state", "1");
            assertThat(bridge.ticket("Ransomware").get("description"))
                    .startsWith("Files were renamed.")
                    .contains("host FS-01", "portal.xdr.trendmicro.com", "WB-11542-")
                    .doesNotContain("resource fails");
            assertThat(bridge.ticket("Phishing")).containsEntry("priority", "4");
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 2L, "unchanged", 1L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_second_pass_writes_nothing_and_a_restart_makes_no_difference(Ledger ledger) {
        try (Bridge bridge = bridge(ledger)) {
            alert(bridge);
            bridge.visionOne().addAlert("Phishing", "low");
            bridge.poll();
            bridge.listen();

            assertThat(bridge.poll().findings()).isEqualTo(Map.of("unchanged", 2L));
            assertThat(bridge.restart().poll().findings()).isEqualTo(Map.of("unchanged", 2L));

            assertThat(bridge.writes()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model|Ransomware|title: Mimikatz -> Ransomware",
                "severity|critical|severity: medium -> critical",
                "status|In Progress|status: Open -> In Progress",
                "investigationResult|Noteworthy|findings: No Findings -> Noteworthy",
                "caseId|CL-00005-20261102-00001|case: CL-00005-20261102-00001",
                "description|It is worse than it was|the description changed"
            })
    void a_changed_alert_updates_its_ticket_with_one_note_that_says_so(String change) {
        String[] part = change.split("\\|");
        try (Bridge bridge = bridge()) {
            String id = alert(bridge).id();
            bridge.poll();
            int before = bridge.notes(bridge.ticket()).size();
            bridge.visionOne().updateAlert(id, Map.of(part[0], part[1]));
            bridge.listen();

            Pass pass = bridge.poll();

            List<String> notes = bridge.notes(bridge.ticket());
            assertThat(notes).hasSize(before + 1);
            assertThat(notes.get(before)).contains(part[2]);
            assertThat(bridge.ticket().get("priority").equals("1")).isEqualTo(part[1].equals("critical"));
            assertThat(bridge.writes()).isEqualTo(1);
            assertThat(pass.findings()).isEqualTo(Map.of("updated", 1L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_closed_alert_resolves_its_ticket_and_one_opened_again_reopens_it(Ledger ledger) {
        try (Bridge bridge = bridge(ledger)) {
            String id = alert(bridge).id();
            bridge.poll();
            bridge.visionOne().closeAlert(id, "True Positive");

            Pass closing = bridge.poll();

            assertThat(bridge.ticket()).containsEntry("state", "6");
            assertThat(bridge.ticket().get("close_code")).isNotBlank();
            assertThat(closing.findings()).isEqualTo(Map.of("resolved", 1L));

            bridge.visionOne().updateAlert(id, Map.of("status", "In Progress"));
            bridge.poll();

            assertThat(bridge.ticket()).containsEntry("state", "2").containsEntry("reopen_count", "1");
        }
    }

    @Test
    void notes_arrive_once_each_whether_they_come_before_or_after_the_ticket() {
        try (Bridge bridge = bridge()) {
            String id = alert(bridge).id();
            bridge.visionOne().addAlertNote(id, "An Analyst", "Seen first on Monday");
            bridge.poll();
            bridge.visionOne().addAlertNote(id, "Another Analyst", "The host is isolated");
            bridge.poll();
            bridge.restart().poll();

            String notes = String.join("\n", bridge.notes(bridge.ticket()));
            assertThat(notes)
                    .containsOnlyOnce("Seen first on Monday")
                    .containsOnlyOnce("The host is isolated")
                    .contains("An Analyst", "Another Analyst");
        }
    }

    @Test
    void every_page_of_alerts_and_of_notes_is_read() {
        try (Bridge bridge = bridge()) {
            IntStream.range(0, 23).forEach(number -> bridge.visionOne().addAlert("Model " + number, "low"));
            String id = bridge.visionOne().alerts().get(11).id();
            IntStream.range(0, 205)
                    .forEach(number -> bridge.visionOne().addAlertNote(id, "Amy", "Note <" + number + ">"));

            Pass pass = bridge.poll();

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 23L));
            assertThat(String.join("\n", bridge.notes(bridge.ticket("Model 11"))))
                    .contains("Note <0>", "Note <199>", "Note <204>");
        }
    }

    @Test
    void an_alert_that_changes_between_two_pages_costs_no_other() {
        try (Bridge bridge = bridge()) {
            IntStream.range(0, 20).forEach(number -> bridge.visionOne().addAlert("Model " + number, "low"));
            bridge.later(Duration.ofHours(3));
            String first = bridge.visionOne().alerts().get(0).id();
            bridge.visionOne().faults().nextMatching(1, SECOND_PAGE, (request, simulator) -> {
                bridge.visionOne().updateAlert(first, Map.of("status", "In Progress"));
                return simulator.handle(request);
            });

            bridge.poll();
            bridge.later(Duration.ofHours(3)).poll();

            assertThat(bridge.tickets()).hasSize(20);
        }
    }

    @Test
    void a_poll_that_dies_half_way_keeps_its_first_page_and_the_next_completes_it() {
        try (Bridge bridge = bridge()) {
            IntStream.range(0, 13).forEach(number -> bridge.visionOne().addAlert("Model " + number, "low"));
            bridge.visionOne().faults().nextMatching(FOR_GOOD, SECOND_PAGE, HttpFault.cutHalfWay());

            Pass died = bridge.poll();

            assertThat(died.failure()).isPresent();
            assertThat(bridge.tickets()).hasSize(10);
            assertThat(bridge.watermark()).isEmpty();

            bridge.visionOne().faults().clear();

            assertThat(bridge.poll().findings()).isEqualTo(Map.of("opened", 3L, "unchanged", 10L));
            assertThat(bridge.watermark()).isPresent();
        }
    }

    @Test
    void the_next_pass_asks_for_what_changed_since_and_ten_minutes_before() {
        try (Bridge bridge = bridge()) {
            alert(bridge);
            bridge.poll();
            bridge.later(Duration.ofHours(1)).poll();
            Instant watermark = Instant.parse(bridge.watermark().orElseThrow());
            bridge.later(Duration.ofHours(1)).listen();
            bridge.visionOne().addAlert("Phishing", "low");

            Pass pass = bridge.poll();

            assertThat(pass.read()).isEqualTo(1);
            assertThat(bridge.visionOne().requests().all().get(0).query())
                    .contains("dateTimeTarget=updatedDateTime")
                    .contains("startDateTime="
                            + watermark.minus(Duration.ofMinutes(10)).toString().replace(":", "%3A"));
        }
    }

    static Stream<Arguments> badItems() {
        return Stream.of(
                Arguments.of("null", VisionOneFaults.nullItem(), "null"),
                Arguments.of("a string", VisionOneFaults.stringItem(), "CL-00005"),
                Arguments.of("no id", VisionOneFaults.itemWithoutId(), "without an id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badItems")
    void a_malformed_alert_becomes_a_dead_letter_and_the_page_goes_on(String what, HttpFault fault, String raw) {
        try (Bridge bridge = bridge()) {
            IntStream.range(0, 4).forEach(number -> bridge.visionOne().addAlert("Model " + number, "low"));
            bridge.visionOne().faults().next(1, LIST, fault);

            Pass pass = bridge.poll();

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 4L, "dead", 1L));
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.raw()).contains(raw);
                assertThat(letter.error()).contains("An alert must be a JSON object with an id");
            });
            assertThat(bridge.watermark()).isPresent();
        }
    }

    @Test
    void an_id_that_would_lead_elsewhere_is_never_asked_for() {
        try (Bridge bridge = bridge()) {
            bridge.visionOne().addAlert(Map.of("id", "../../iam/accounts?x=^ORy", "model", "Odd", "severity", "low"));
            bridge.visionOne().addAlert(Map.of("id", "WB 1?x=^ORy&..", "model", "Awkward", "severity", "low"));

            Pass pass = bridge.poll();

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 1L, "dead", 1L));
            assertThat(bridge.ticket()).containsEntry("short_description", "Awkward");
            assertThat(bridge.visionOne().requests().all())
                    .allMatch(request -> request.path().startsWith("/v3.0/workbench/alerts")
                            && request.query().indexOf('^') < 0);
        }
    }

    @Test
    void unknown_fields_and_values_are_taken() {
        try (Bridge bridge = bridge()) {
            IntStream.range(0, 6).forEach(number -> bridge.visionOne().addAlert("Model " + number, "low"));
            bridge.visionOne().faults().next(1, LIST, VisionOneFaults.unknownFieldsAndValues(1));

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize(6);
        }
    }

    @Test
    void the_filter_of_the_flow_goes_with_every_page() {
        try (Bridge bridge = bridge().with("flow.cases.source-filter", "severity eq 'high'")) {
            IntStream.range(0, 24).forEach(number -> bridge.visionOne()
                    .addAlert("Model " + number, number % 2 == 0 ? "high" : "low"));

            bridge.poll();

            assertThat(bridge.tickets()).hasSize(12);
        }
    }

    @Test
    void seeded_alerts_of_both_providers_read_well() {
        try (Bridge bridge = bridge()) {
            try (var seeded = VisionOneSimulator.start(Options.defaults().withClock(bridge.clock()))) {
                bridge.with("vision-one.url", seeded.url()).with("vision-one.token", seeded.token());
                long open = seeded.alerts().stream()
                        .filter(alert -> !alert.status().equals("Closed"))
                        .count();

                Pass pass = bridge.poll();

                assertThat(pass.tickets()).isEqualTo(Map.of("opened", open));
                assertThat(bridge.tickets())
                        .extracting(ticket -> ticket.get("short_description"))
                        .contains("Threat Intelligence Sweeping on PRN-LIS-04")
                        .anyMatch(title -> title.startsWith("Ransomware Behavior on a File Server on FS-MUC-02"));
            }
        }
    }
}
