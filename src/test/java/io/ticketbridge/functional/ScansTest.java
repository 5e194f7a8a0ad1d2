package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Findings files become incidents, and later scans bring them up to date (P10). */
class ScansTest {
    @TempDir
    private Path folder;

    private static Scan threeControls() {
        return Scan.of()
                .fails("encryption", "disk-1", "disk-2")
                .fails("logging", "disk-1")
                .passes("backup", "disk-1", "disk-2")
                .manual("contact", "account")
                .in("444455556666")
                .fails("encryption", "disk-1");
    }

    @ParameterizedTest
    @CsvSource({
        "control, 2",
        "resource, 3",
        "'control,account', 3",
        "account, 2",
        "'control,resource', 4",
        "'control,account,region', 3"
    })
    void one_ticket_per_group_that_fails(String groupBy, int tickets) {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.group-by", groupBy)) {
            Pass pass = bridge.importFile(threeControls().write(folder));

            assertThat(bridge.tickets()).hasSize(tickets);
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 4L, "unchanged", 2L, "inconclusive", 1L));
            assertThat(pass.tickets()).containsEntry("opened", (long) tickets);
        }
    }

    @Test
    void a_control_s_ticket_lists_every_failing_resource_and_no_other() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1", "disk-2")
                    .passes("encryption", "disk-3")
                    .write(folder));

            assertThat(bridge.ticket().get("description"))
                    .contains("- disk-1 [111122223333, eu-west-1]", "- disk-2 ")
                    .doesNotContain("disk-3");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void the_same_scan_again_writes_nothing(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(threeControls().write(folder));
            bridge.listen();

            Pass again = bridge.importFile(threeControls().write(folder));

            assertThat(bridge.writes()).isZero();
            assertThat(again.findings()).isEqualTo(Map.of("unchanged", 6L, "inconclusive", 1L));
            assertThat(again.tickets()).isEqualTo(Map.of("unchanged", 2L));
        }
    }

    @Test
    void the_same_findings_in_another_order_write_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(
                    Scan.of().fails("encryption", "disk-1", "disk-2", "disk-3").write(folder));
            bridge.listen();

            bridge.importFile(
                    Scan.of().fails("encryption", "disk-3", "disk-1", "disk-2").write(folder));

            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_finding_twice_in_a_scan_counts_once() {
        try (Bridge bridge = Bridge.in(folder)) {
            Pass pass = bridge.importFile(
                    Scan.of().fails("encryption", "disk-1", "disk-1").write(folder));

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 1L, "unchanged", 1L));
        }
    }

    @Test
    void of_a_pass_and_a_failure_of_one_identity_the_failure_wins() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .passes("encryption", "disk-1")
                    .write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "1");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_fixed_and_one_broken_bring_their_tickets_one_note_each(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1", "disk-2")
                    .passes("encryption", "disk-3")
                    .fails("logging", "disk-1")
                    .write(folder));
            int encryption = bridge.notes(bridge.ticket("encryption")).size();
            int logging = bridge.notes(bridge.ticket("logging")).size();
            bridge.listen();

            Pass pass = bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("encryption", "disk-2", "disk-3")
                    .fails("logging", "disk-1")
                    .write(folder));

            List<String> notes = bridge.notes(bridge.ticket("encryption"));
            assertThat(notes).hasSize(encryption + 1);
            assertThat(notes.get(encryption)).containsSubsequence("Joined:", "disk-3", "Fixed:", "disk-1");
            assertThat(notes.get(encryption)).doesNotContain("disk-2");
            assertThat(bridge.notes(bridge.ticket("logging"))).hasSize(logging);
            assertThat(bridge.ticket("encryption").get("description"))
                    .contains("disk-2", "disk-3")
                    .doesNotContain("disk-1");
            assertThat(bridge.writes()).isEqualTo(1);
            assertThat(pass.findings()).isEqualTo(Map.of("updated", 1L, "resolved", 1L, "unchanged", 2L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_control_of_which_everything_is_fixed_is_resolved(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1", "disk-2").write(folder));

            Pass pass = bridge.importFile(
                    Scan.of().passes("encryption", "disk-1", "disk-2").write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "6");
            assertThat(bridge.ticket().get("close_code")).isNotBlank();
            assertThat(bridge.ticket().get("close_notes")).contains("Rule encryption");
            assertThat(pass.findings()).isEqualTo(Map.of("resolved", 2L));
        }
    }

    @Test
    void resolve_when_fixed_off_leaves_the_ticket_open_with_a_note() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.resolve-when-fixed", "false")) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            int before = bridge.notes(bridge.ticket()).size();

            bridge.importFile(Scan.of().passes("encryption", "disk-1").write(folder));
            bridge.importFile(Scan.of().passes("encryption", "disk-1").write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "1");
            assertThat(bridge.notes(bridge.ticket())).hasSize(before + 1);
            assertThat(bridge.notes(bridge.ticket()).get(before)).contains("Fixed:", "disk-1");
        }
    }

    @Test
    void a_failure_that_comes_back_after_its_ticket_was_resolved_opens_the_next() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            bridge.importFile(Scan.of().passes("encryption", "disk-1").write(folder));

            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));

            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.tickets().get(1))
                    .containsEntry("state", "1")
                    .containsEntry("parent", bridge.tickets().get(0).get("sys_id"));
        }
    }

    @Test
    void a_failure_whose_ticket_a_person_resolved_opens_the_next_though_it_never_changed() {
        try (Bridge bridge = Bridge.in(folder)) {
            Path scan = Scan.of().fails("encryption", "disk-1").write(folder);
            bridge.importFile(scan);
            bridge.serviceNow()
                    .edit(
                            "incident",
                            bridge.ticket().get("sys_id"),
                            Map.of("state", "6", "close_code", "Solution provided", "close_notes", "Done"),
                            "beth.anglin");

            bridge.importFile(scan);

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void what_is_muted_at_the_source_opens_nothing_and_resolves_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .muted("logging", "disk-1")
                    .write(folder));

            bridge.importFile(Scan.of()
                    .muted("encryption", "disk-1")
                    .muted("logging", "disk-1")
                    .write(folder));

            assertThat(bridge.ticket())
                    .containsEntry("short_description", "Rule encryption")
                    .containsEntry("state", "1");
        }
    }

    @Test
    void an_empty_scan_resolves_nothing() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            bridge.listen();

            Pass pass = bridge.importFile(Scan.of().write(folder));

            assertThat(bridge.writes()).isZero();
            assertThat(pass.read()).isZero();
        }
    }

    @Test
    void several_files_of_one_import_bring_a_control_one_ticket_and_one_note() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(
                    Scan.of().in("1").fails("encryption", "disk-1").write(folder),
                    Scan.of().in("2").fails("encryption", "disk-1").write(folder));
            int before = bridge.notes(bridge.ticket()).size();

            bridge.importFile(
                    Scan.of().in("1").fails("encryption", "disk-1", "disk-2").write(folder),
                    Scan.of().in("2").passes("encryption", "disk-1").write(folder));

            assertThat(bridge.notes(bridge.ticket())).hasSize(before + 1);
        }
    }

    @Test
    void a_resource_s_ticket_is_told_which_controls_it_breaks_and_keeps() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.group-by", "resource")) {
            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .passes("logging", "disk-1")
                    .write(folder));

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("logging", "disk-1")
                    .write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "1");
            List<String> notes = bridge.notes(bridge.ticket());
            assertThat(notes.get(notes.size() - 1)).contains("1 joined, 1 fixed", "logging", "encryption");
        }
    }
}
