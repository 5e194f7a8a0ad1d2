package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vision One cases become incidents, and stay in step. */
class CasesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_first_pass_opens_one_ticket_per_open_case(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.visionOne().addCase("Ransomware on a server", "P0");
            bridge.visionOne().addCase("Phishing", "P2");
            SimulatedCase closed = bridge.visionOne().addCase("Done long ago", "P1");
            bridge.visionOne().close(closed.id(), "FalsePositive");

            Pass pass = bridge.poll();

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactlyInAnyOrder("Ransomware on a server", "Phishing");
            assertThat(bridge.visionOne().requests().all())
                    .as("requests for a case that was closed before it had a ticket")
                    .noneMatch(request -> request.path().contains(closed.id()));
            assertThat(bridge.ticket("Ransomware"))
                    .containsEntry("impact", "1")
                    .containsEntry("urgency", "1")
                    .containsEntry("priority", "1")
                    .containsEntry("state", "1");
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 2L, "unchanged", 1L));
            assertThat(pass.tickets()).containsEntry("opened", 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_second_pass_writes_nothing(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.visionOne().addCase("Ransomware", "P0");
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            bridge.listen();

            Pass second = bridge.poll();

            assertThat(bridge.writes()).isZero();
            assertThat(second.findings()).isEqualTo(Map.of("unchanged", 2L));
            assertThat(second.tickets()).isEqualTo(Map.of("unchanged", 2L));
        }
    }

    @Test
    void a_pass_after_a_restart_writes_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();

            Pass second = bridge.listen().restart().poll();

            assertThat(bridge.writes()).isZero();
            assertThat(second.findings()).isEqualTo(Map.of("unchanged", 1L));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name|Phishing and malware|title: Phishing -> Phishing and malware",
                "priority|P0|priority: P2 -> P0",
                "status|In-progress|status: Open -> In-progress",
                "findings|Noteworthy|findings: ",
                "description|It is worse than it was|the description changed"
            })
    void a_changed_case_updates_its_ticket_with_one_note_that_says_so(String change) {
        String[] part = change.split("\\|");
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            int before = bridge.notes(bridge.ticket()).size();
            bridge.visionOne().update(id, Map.of(part[0], part[1]));
            bridge.listen();

            Pass pass = bridge.poll();

            List<String> notes = bridge.notes(bridge.ticket());
            assertThat(notes).hasSize(before + 1);
            assertThat(notes.get(before)).contains(part[2]);
            assertThat(bridge.writes()).isEqualTo(1);
            assertThat(pass.findings()).isEqualTo(Map.of("updated", 1L));
        }
    }

    @Test
    void a_new_name_and_priority_reach_the_tickets_own_columns() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().update(id, Map.of("name", "Ransomware", "priority", "P0"));

            bridge.poll();

            assertThat(bridge.ticket())
                    .containsEntry("short_description", "Ransomware")
                    .containsEntry("priority", "1");
        }
    }

    @Test
    void a_note_of_the_case_arrives_as_one_work_note() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            int before = bridge.notes(bridge.ticket()).size();
            bridge.visionOne().addNote(id, "An Analyst", "The sender is blocked now");

            bridge.poll();
            bridge.poll();

            assertThat(bridge.notes(bridge.ticket())).hasSize(before + 1);
            assertThat(bridge.notes(bridge.ticket()).get(before))
                    .contains("The sender is blocked now")
                    .contains("An Analyst");
        }
    }

    @Test
    void notes_that_are_there_from_the_start_arrive_with_the_ticket() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.visionOne().addNote(id, "An Analyst", "Seen first on Monday");

            bridge.poll();

            assertThat(String.join("\n", bridge.notes(bridge.ticket()))).containsOnlyOnce("Seen first on Monday");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_closed_case_resolves_its_ticket(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().close(id, "TruePositive");

            Pass pass = bridge.poll();

            assertThat(bridge.ticket()).containsEntry("state", "6");
            assertThat(bridge.ticket().get("close_code")).isNotBlank();
            assertThat(bridge.ticket().get("close_notes")).isNotBlank();
            assertThat(pass.findings()).isEqualTo(Map.of("resolved", 1L));
            assertThat(pass.tickets()).containsEntry("resolved", 1L);
        }
    }

    @Test
    void a_case_opened_again_reopens_its_ticket() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.visionOne().close(id, "TruePositive");
            bridge.poll();
            bridge.visionOne().update(id, Map.of("status", "Open"));

            bridge.poll();

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(bridge.tickets().get(0)).containsEntry("state", "1").containsEntry("reopen_count", "1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0645\u0631\u062d\u0628\u0627 \u202Eevil\u202C",
                "\uD83D\uDE80 \uD840\uDC0B four bytes each",
                "[code]<script>alert(1)</script>[/code]",
                "a^ORactive=true^NQstate=7^EQ",
                "${body.flow} ${env:HOME} {{ticketbridge.servicenow.url}}",
                "javascript:gs.sleep(9)",
                "percent %0d%0a and + and & and ="
            })
    void awkward_text_arrives_as_it_is_and_does_nothing(String text) {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne()
                    .addCase(Map.of("name", text, "priority", "P2", "description", text))
                    .id();
            bridge.visionOne().addNote(id, "An Analyst", text);

            bridge.poll();
            bridge.poll();

            assertThat(bridge.ticket()).containsEntry("short_description", text);
            assertThat(bridge.ticket().get("description")).contains(text);
            assertThat(String.join("\n", bridge.notes(bridge.ticket()))).doesNotContain("[code]");
            assertThat(bridge.serviceNow().requests().all())
                    .allSatisfy(
                            request -> assertThat(request.droppedConditions()).isEmpty());
        }
    }

    @Test
    void a_title_too_long_is_cut_visibly_at_160_characters() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.visionOne().addCase("n".repeat(500), "P2");

            bridge.poll();

            assertThat(bridge.ticket()).containsEntry("short_description", "n".repeat(159) + "…");
        }
    }

    @Test
    void a_description_too_long_is_cut_and_attached_whole() {
        try (Bridge bridge = Bridge.in(folder)) {
            String text = "A long story. ".repeat(360);
            bridge.visionOne().addCase(Map.of("name", "Phishing", "priority", "P2", "description", text));

            bridge.poll();

            String sysId = bridge.ticket().get("sys_id");
            assertThat(bridge.ticket().get("description"))
                    .hasSizeLessThanOrEqualTo(4000)
                    .endsWith("…");
            assertThat(bridge.serviceNow().attachments(sysId)).singleElement().satisfies(file -> assertThat(
                            new String(file.bytes(), StandardCharsets.UTF_8))
                    .contains(text.strip()));
        }
    }
}
