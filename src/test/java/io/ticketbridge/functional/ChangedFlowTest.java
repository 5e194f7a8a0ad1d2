package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flow of cases reads after its settings say that it should read others. */
class ChangedFlowTest {
    private static final String FILTER = "flow.cases.source-filter";
    private static final String FROM_THE_START = "startDateTime=1970";

    @TempDir
    private Path folder;

    private static long readsFromTheStart(Bridge bridge) {
        return bridge.visionOne().requests().all().stream()
                .filter(request -> request.query().contains(FROM_THE_START))
                .count();
    }

    @Test
    void a_wider_filter_brings_what_the_one_before_left_out_once_also_after_a_failure() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits().with(FILTER, "priority eq 'P0'")) {
            bridge.visionOne().addCase("Ransomware", "P0");
            bridge.visionOne().addCase("Phishing", "P1");
            bridge.poll();
            assertThat(bridge.ticket()).containsEntry("short_description", "Ransomware");
            bridge.later(Duration.ofDays(1)).poll();

            bridge.with(FILTER, "priority eq 'P0' or priority eq 'P1'").restart();
            bridge.visionOne()
                    .faults()
                    .nextMatching(
                            10,
                            request -> request.rawQuery().contains(FROM_THE_START),
                            VisionOneFaults.serverError(500));
            assertThat(bridge.poll().failure()).isPresent();
            assertThat(bridge.tickets()).hasSize(1);
            bridge.visionOne().faults().clear();
            bridge.poll();
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactly("Ransomware", "Phishing");

            bridge.listen().poll();
            assertThat(readsFromTheStart(bridge)).isZero();
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_silenced_backlog_stays_silent_however_wide_the_filter_becomes_and_news_is_news() {
        try (Bridge bridge =
                Bridge.in(folder).with("flow.cases.baseline", "silence").with(FILTER, "priority eq 'P0'")) {
            bridge.visionOne().addCase("Ransomware", "P0");
            String old = bridge.visionOne().addCase("Phishing", "P1").id();
            bridge.poll();
            bridge.later(Duration.ofDays(1)).poll();
            assertThat(bridge.tickets()).isEmpty();

            bridge.later(Duration.ofMinutes(5));
            bridge.visionOne().addCase("Mimikatz", "P1");
            bridge.with(FILTER, "priority eq 'P0' or priority eq 'P1'").restart();
            bridge.visionOne()
                    .faults()
                    .nextMatching(1, request -> request.rawQuery().contains(FROM_THE_START), (request, simulator) -> {
                        bridge.later(Duration.ofMinutes(1)).visionOne().addCase("Comes meanwhile", "P1");
                        return simulator.handle(request);
                    });
            Pass pass = bridge.poll();

            assertThat(bridge.ticket()).containsEntry("short_description", "Mimikatz");
            assertThat(pass.accounts()).hasSize(2);
            bridge.poll();
            assertThat(bridge.ticket("Comes meanwhile")).containsEntry("state", "1");

            bridge.visionOne().update(old, Map.of("status", "Closed", "findings", "True positive"));
            bridge.poll();
            bridge.visionOne().update(old, Map.of("status", "Open"));
            bridge.poll();
            assertThat(bridge.tickets()).hasSize(3);
        }
    }

    @Test
    void another_tenant_is_read_from_the_start() {
        try (Bridge bridge = Bridge.in(folder);
                VisionOneSimulator production =
                        VisionOneSimulator.start(Options.defaults().withCases(0).withClock(bridge.clock()))) {
            production.addCase("Phishing", "P1");
            bridge.visionOne().addCase("A test", "P1");
            bridge.later(Duration.ofDays(1)).poll();

            bridge.with("vision-one.url", production.url())
                    .with("vision-one.token", production.token())
                    .restart()
                    .poll();

            assertThat(bridge.ticket("Phishing")).containsEntry("state", "1");
        }
    }

    @Test
    void a_case_that_was_open_before_its_tenant_got_another_name_closes_its_ticket_and_opens_no_other() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P1").id();
            bridge.poll();
            bridge.with("vision-one.url", null)
                    .with("vision-one.token", null)
                    .with("vision-one.request-timeout", null)
                    .with("vision-one.eu.url", bridge.visionOne().url())
                    .with("vision-one.eu.token", bridge.visionOne().token())
                    .with("flow.cases.instance", "eu")
                    .restart();
            bridge.visionOne().close(id, "TruePositive");
            bridge.later(Duration.ofMinutes(5)).poll();
            assertThat(bridge.ticket()).containsEntry("state", "6");

            bridge.edit(bridge.ticket(), Map.of("state", "7"));
            bridge.later(Duration.ofMinutes(5)).poll();
            assertThat(bridge.ticket()).containsEntry("state", "7");
        }
    }

    /** A state 3 is On Hold there and Closed here. */
    @Test
    void tickets_stay_in_step_by_their_own_table_when_their_profile_turns_to_another() {
        try (Bridge bridge = Bridge.in(folder)) {
            String waiting = bridge.visionOne().addCase("Ransomware", "P1").id();
            String over = bridge.visionOne().addCase("Phishing", "P1").id();
            bridge.poll();
            bridge.poll();
            bridge.with("profile.tickets.table", "sn_si_incident").restart();
            bridge.edit(
                    bridge.ticket("Ransomware"),
                    Map.of("state", "3", "hold_reason", "4", "work_notes", "The vendor looks at it"));
            bridge.visionOne().close(over, "TruePositive");

            bridge.poll();

            assertThat(field(bridge, waiting, "status")).isEqualTo("In-progress");
            assertThat(bridge.visionOne().caseById(waiting).orElseThrow().notes())
                    .anyMatch(note -> note.text().contains("The vendor looks at it"));
            assertThat(bridge.ticket("Phishing")).containsEntry("state", "6");
            assertThat(bridge.deadLetters()).isEmpty();

            bridge.visionOne().addCase("Mimikatz", "P1");
            bridge.poll();
            assertThat(bridge.serviceNow().records("sn_si_incident"))
                    .filteredOn(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                    .singleElement()
                    .satisfies(record -> assertThat(record).containsEntry("short_description", "Mimikatz"));
        }
    }

    @Test
    void a_flow_that_is_kept_in_step_later_opens_no_case_that_was_closed_and_resolves_the_ticket_of_one_that_is() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.cases.sync-back", "false")
                .with("flow.cases.resolve-when-fixed", "false")) {
            String leftOpen = bridge.visionOne().addCase("Ransomware", "P1").id();
            String closedMeanwhile =
                    bridge.visionOne().addCase("Phishing", "P1").id();
            bridge.poll();
            bridge.edit(bridge.ticket("Ransomware"), Map.of("state", "2"));
            bridge.edit(bridge.ticket("Phishing"), Map.of("state", "2"));
            bridge.visionOne().close(leftOpen, "TruePositive");
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(bridge.ticket("Ransomware")).containsEntry("state", "2");

            bridge.with("flow.cases.sync-back", "true")
                    .with("flow.cases.resolve-when-fixed", "true")
                    .restart();
            bridge.visionOne().close(closedMeanwhile, "TruePositive");
            bridge.later(Duration.ofMinutes(1)).poll();
            bridge.later(Duration.ofMinutes(1)).poll();

            assertThat(field(bridge, leftOpen, "status")).isEqualTo("Closed");
            assertThat(field(bridge, closedMeanwhile, "status")).isEqualTo("Closed");
            assertThat(bridge.ticket("Phishing")).containsEntry("state", "6");
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    private static String field(Bridge bridge, String id, String name) {
        return bridge.visionOne().caseById(id).orElseThrow().text(name);
    }
}
