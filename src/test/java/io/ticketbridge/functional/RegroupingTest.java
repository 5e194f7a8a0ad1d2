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

/**
 * A flow whose settings change while tickets are open. What the ledger does of another grouping is {@code
 * RegroupedTicketsTest}'s, on both databases.
 */
class RegroupingTest {
    @TempDir
    private Path folder;

    private Path failing(String... disks) {
        return Scan.of().fails("encryption", disks).write(folder);
    }

    private static void byResource(Bridge bridge) {
        bridge.restart().with("flow.compliance.group-by", "resource").listen();
    }

    private static List<String> states(Bridge bridge) {
        return bridge.tickets().stream().map(ticket -> ticket.get("state")).toList();
    }

    @Test
    void old_tickets_keep_what_they_cover_and_follow_its_fixes_and_new_failures_go_to_the_new_grouping() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)) {
            bridge.importFile(failing("disk-1", "disk-2"));
            byResource(bridge);

            Pass same = bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.writes()).isZero();
            assertThat(same.findings()).isEqualTo(Map.of("unchanged", 2L));

            Pass more = bridge.importFile(failing("disk-1", "disk-2", "disk-3"));
            assertThat(more.findings()).isEqualTo(Map.of("opened", 1L, "unchanged", 2L));
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.tickets().get(1).get("description"))
                    .contains("disk-3")
                    .doesNotContain("disk-1");

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("encryption", "disk-2", "disk-3")
                    .write(folder));
            Map<String, String> old = bridge.tickets().get(0);
            List<String> notes = bridge.notes(old);
            assertThat(notes.get(notes.size() - 1)).contains("1 fixed", "disk-1");
            assertThat(old.get("description")).contains("disk-2").doesNotContain("disk-1", "disk-3");

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-2")
                    .fails("encryption", "disk-3")
                    .write(folder));
            assertThat(states(bridge)).containsExactly("6", "1");
        }
    }

    @Test
    void what_still_fails_when_the_old_ticket_is_done_goes_over_to_the_new_grouping_for_good() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)) {
            bridge.importFile(failing("disk-1", "disk-2"));
            byResource(bridge);
            bridge.importFile(failing("disk-1", "disk-2"));
            bridge.resolve(bridge.ticket());

            Pass over = bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(over.findings()).isEqualTo(Map.of("opened", 2L));
            assertThat(states(bridge)).containsExactly("6", "1", "1");

            bridge.listen();
            assertThat(bridge.importFile(failing("disk-1", "disk-2")).findings())
                    .isEqualTo(Map.of("unchanged", 2L));
            assertThat(bridge.writes()).isZero();

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .fails("encryption", "disk-2")
                    .write(folder));
            assertThat(states(bridge)).containsExactlyInAnyOrder("6", "6", "1");

            bridge.importFile(Scan.of().passes("encryption", "disk-9").write(folder));
            assertThat(states(bridge)).containsExactly("6", "6", "6");
        }
    }

    @Test
    void a_failure_that_a_breaker_holds_under_the_old_grouping_gets_no_second_ticket() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.compliance.group-by", "resource")
                .with("flow.compliance.max-new-tickets-per-run", "1")) {
            bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.held()).isEqualTo(1);
            bridge.restart().with("flow.compliance.group-by", "control");

            bridge.importFile(failing("disk-1", "disk-2"));
            bridge.importFile(failing("disk-1", "disk-2"));

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void a_filter_that_keeps_findings_out_closes_none_of_their_tickets() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(failing("disk-1"));
            bridge.restart()
                    .with("flow.compliance.filter", "${body.resource.uid} != 'disk-1'")
                    .listen();

            bridge.importFile(Scan.of()
                    .passes("encryption", "disk-1")
                    .passes("encryption", "disk-2")
                    .write(folder));

            assertThat(bridge.writes()).isZero();
            assertThat(states(bridge)).containsExactly("1");
        }
    }

    @Test
    void another_table_leaves_open_tickets_where_they_are_until_they_are_done() {
        try (Bridge bridge = Bridge.in(folder, Ledger.POSTGRESQL)) {
            bridge.importFile(failing("disk-1"));
            bridge.restart().with("profile.tickets.table", "problem").listen();

            bridge.importFile(failing("disk-1"));
            assertThat(bridge.writes()).isZero();

            bridge.importFile(failing("disk-1", "disk-2"));
            assertThat(bridge.ticket().get("description")).contains("disk-2");
            assertThat(bridge.serviceNow().records("problem"))
                    .noneMatch(record -> record.get("correlation_id").startsWith("ticketbridge-"));

            bridge.resolve(bridge.ticket());
            bridge.importFile(failing("disk-1", "disk-2"));

            assertThat(bridge.serviceNow().records("problem"))
                    .filteredOn(record -> record.get("correlation_id").startsWith("ticketbridge-"))
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.get("correlation_id")).endsWith("-2"));
        }
    }

    @Test
    void the_tickets_of_a_flow_that_is_gone_are_left_alone() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(failing("disk-1"));
            bridge.restart();
            for (String key : List.of("source", "group-by", "profile")) {
                bridge.with("flow.compliance." + key, null);
            }
            bridge.listen();

            bridge.poll();

            assertThat(bridge.writes()).isZero();
            assertThat(states(bridge)).containsExactly("1");
        }
    }

    @Test
    void two_flows_over_the_same_findings_do_not_take_each_other_s_tickets_for_their_own() {
        try (Bridge bridge = Bridge.in(folder)
                .with("flow.assets.source", "files")
                .with("flow.assets.group-by", "resource")
                .with("flow.assets.profile", "tickets")) {
            Path scan = failing("disk-1", "disk-2");
            bridge.importFile(scan);
            assertThat(bridge.tickets()).hasSize(1);

            bridge.importTo("assets", scan);

            assertThat(bridge.tickets()).hasSize(3);
        }
    }
}
