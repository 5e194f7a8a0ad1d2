package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.scc.SccFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.ServiceNowPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the first run does with the backlog (P13). */
class BaselineTest {
    private static final String BASELINE = "flow.compliance.baseline";

    @TempDir
    private Path folder;

    private Path failing(String... disks) {
        return Scan.of().fails("encryption", disks).write(folder);
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void silence_records_the_backlog_and_tickets_only_what_is_new(Ledger ledger) {
        try (Bridge bridge =
                Bridge.in(folder, ledger).with(BASELINE, "silence").with("flow.compliance.group-by", "resource")) {
            Pass first = bridge.importFile(
                    failing("disk-1", "disk-2"),
                    Scan.of().in("444455556666").fails("encryption", "disk-1").write(folder));
            assertThat(first.findings()).isEqualTo(Map.of("unchanged", 3L));
            bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.tickets()).isEmpty();

            bridge.importFile(failing("disk-1", "disk-2", "disk-3"));
            assertThat(bridge.ticket().get("description")).contains("disk-3");

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("encryption", "disk-2", "disk-3")
                    .write(folder));
            assertThat(bridge.tickets()).hasSize(1);

            bridge.importFile(failing("disk-1", "disk-2", "disk-3"));
            assertThat(bridge.tickets()).hasSize(2).anyMatch(ticket -> ticket.get("description")
                    .contains("disk-1"));
        }
    }

    @Test
    void a_new_failure_of_a_silenced_control_opens_a_ticket_that_lists_all_of_them() {
        try (Bridge bridge = Bridge.in(folder).with(BASELINE, "silence")) {
            bridge.importFile(failing("disk-1", "disk-2"));

            bridge.importFile(failing("disk-1", "disk-2", "disk-3"));

            assertThat(bridge.ticket().get("description")).contains("disk-1", "disk-2", "disk-3");
        }
    }

    @Test
    void another_grouping_does_not_break_the_silence() {
        try (Bridge bridge = Bridge.in(folder).with(BASELINE, "silence")) {
            bridge.importFile(failing("disk-1", "disk-2"));
            bridge.restart().with("flow.compliance.group-by", "resource");

            bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.tickets()).isEmpty();

            bridge.importFile(failing("disk-1", "disk-2", "disk-3"));
            assertThat(bridge.ticket().get("description")).contains("disk-3").doesNotContain("disk-1");
        }
    }

    @Test
    void a_scope_of_scc_that_could_not_be_read_at_first_is_backlog_all_the_same() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)
                .withScc(20)
                .withShortWaits()
                .with("flow.scc.baseline", "silence")) {
            String last = bridge.scc().reports().get(0).id();
            bridge.scc()
                    .faults()
                    .next(
                            100,
                            path -> path.contains(last) && path.endsWith("/evaluations"),
                            SccFaults.serverError(500));
            assertThat(bridge.pollScc().accounts())
                    .extracting(Account::state)
                    .containsExactlyInAnyOrder("done", "failed");
            bridge.scc().faults().clear();

            assertThat(bridge.pollScc().accounts()).extracting(Account::state).containsExactly("done");

            assertThat(bridge.tickets()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void adopt_takes_over_the_tickets_of_a_ledger_that_was_lost(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.group-by", "resource")) {
            bridge.importFile(failing("disk-open", "disk-done"));
            Map<String, String> open = ticketOf(bridge, "disk-open");
            Map<String, String> done = ticketOf(bridge, "disk-done");
            bridge.resolve(done);
            bridge.withLedgerLost(ledger).with(BASELINE, "adopt");

            bridge.importFile(failing("disk-open", "disk-done"));

            assertThat(bridge.tickets()).hasSize(3);
            assertThat(bridge.tickets().get(2))
                    .containsEntry("parent", done.get("sys_id"))
                    .containsEntry("correlation_id", done.get("correlation_id").replaceAll("-1$", "-2"));

            bridge.listen().importFile(failing("disk-open", "disk-done"));
            assertThat(bridge.writes()).isZero();

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-open")
                    .fails("encryption", "disk-done")
                    .write(folder));
            assertThat(bridge.again(open)).containsEntry("state", "6");
            ServiceNowPage.assertTellsOf(bridge);
        }
    }

    private static Map<String, String> ticketOf(Bridge bridge, String disk) {
        return bridge.tickets().stream()
                .filter(ticket -> ticket.get("description").contains(disk))
                .findFirst()
                .orElseThrow();
    }

    private static String record(Bridge bridge, String title) {
        return bridge.serviceNow()
                .create("incident", Map.of("short_description", title, "caller_id", ""), "beth.anglin");
    }

    private static Bridge adopting(Bridge bridge) {
        return bridge.with(BASELINE, "adopt")
                .with("profile.tickets.adopt-query", "short_description=${body.title}^active=true");
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void adopt_takes_over_the_one_open_record_that_the_profile_s_query_finds(Ledger ledger) {
        try (Bridge bridge = adopting(Bridge.in(folder, ledger))) {
            String there = record(bridge, "Rule encryption");
            record(bridge, "Rule encryption of tapes");

            bridge.importFile(failing("disk-1"));

            assertThat(bridge.ticket()).containsEntry("sys_id", there);
            assertThat(bridge.notes(bridge.ticket())).anyMatch(note -> note.contains("disk-1"));

            bridge.importFile(Scan.of().passes("encryption", "disk-1").write(folder));
            assertThat(bridge.ticket()).containsEntry("state", "6");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_record_that_several_groups_find_is_adopted_by_one_and_the_others_get_their_own(Ledger ledger) {
        try (Bridge bridge = adopting(Bridge.in(folder, ledger))
                .with("flow.compliance.group-by", "resource")
                .with("profile.tickets.adopt-query", "subcategory=${body.flow}^active=true")) {
            String there = bridge.serviceNow()
                    .create(
                            "incident",
                            Map.of("short_description", "All disks", "subcategory", "compliance"),
                            "beth.anglin");
            bridge.importFile(failing("disk-1", "disk-2", "disk-3"));

            assertThat(bridge.tickets()).hasSize(3).anyMatch(ticket -> ticket.get("sys_id")
                    .equals(there));
            String adopted = bridge.again(Map.of("sys_id", there)).get("description");
            String[] disks = {"disk-1", "disk-2", "disk-3"};
            assertThat(disks).filteredOn(adopted::contains).hasSize(1);

            String own =
                    Arrays.stream(disks).filter(adopted::contains).findFirst().orElseThrow();
            bridge.importFile(Scan.of()
                    .passes("encryption", own)
                    .fails(
                            "encryption",
                            Arrays.stream(disks)
                                    .filter(disk -> !disk.equals(own))
                                    .toArray(String[]::new))
                    .write(folder));

            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("6"))
                    .extracting(ticket -> ticket.get("sys_id"))
                    .containsExactly(there);
        }
    }

    @Test
    void of_several_records_that_match_none_is_adopted() {
        try (Bridge bridge = adopting(Bridge.in(folder))) {
            List<String> there = new ArrayList<>();
            there.add(record(bridge, "Rule encryption"));
            there.add(record(bridge, "Rule encryption"));
            // The first ten of them have one that is open.
            there.add(record(bridge, "Rule tapes"));
            for (int i = 0; i < 11; i++) {
                String done = record(bridge, "Rule tapes");
                bridge.resolve(Map.of("sys_id", done));
                there.add(done);
            }

            bridge.importFile(Scan.of()
                    .fails("encryption", "disk-1")
                    .fails("tapes", "disk-1")
                    .write(folder));

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("sys_id"))
                    .hasSize(2)
                    .doesNotContainAnyElementsOf(there);
        }
    }

    @Test
    void a_record_that_is_done_is_not_adopted_by_the_query() {
        try (Bridge bridge =
                adopting(Bridge.in(folder)).with("profile.tickets.adopt-query", "short_description=${body.title}")) {
            String done = record(bridge, "Rule encryption");
            bridge.resolve(Map.of("sys_id", done));

            bridge.importFile(failing("disk-1"));

            assertThat(bridge.ticket().get("sys_id")).isNotEqualTo(done);
        }
    }

    @Test
    void a_value_that_would_add_a_condition_to_the_query_is_refused() {
        try (Bridge bridge = adopting(Bridge.in(folder))) {
            record(bridge, "Something else");

            bridge.importFile(Scan.of().fails("x^ORactive=true", "disk-1").write(folder));

            assertThat(bridge.tickets()).isEmpty();
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.error())
                    .contains("ticketbridge.profile.tickets.adopt-query", "^"));
        }
    }
}
