package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a problem has a ticket, and when it gets the next (P7, P8, P9). */
class GenerationsTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Path failing() {
        return Scan.of().fails("container-privileged", "container-1").write(folder);
    }

    private Path passing() {
        return Scan.of().passes("container-privileged", "container-1").write(folder);
    }

    private static Map<String, String> last(Bridge bridge) {
        return bridge.tickets().get(bridge.tickets().size() - 1);
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_container_flagged_daily_has_one_ticket_until_that_is_done(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.resolve-when-fixed", "false")) {
            Pass tuesday = bridge.importFile(failing());
            assertThat(tuesday.tickets()).isEqualTo(Map.of("opened", 1L));

            Pass wednesday = bridge.later(DAY).importFile(failing());
            assertThat(wednesday.tickets()).isEqualTo(Map.of("unchanged", 1L));

            bridge.later(DAY).importFile(passing());
            bridge.resolve(bridge.ticket());

            Pass friday = bridge.later(DAY).importFile(failing());
            assertThat(friday.tickets()).isEqualTo(Map.of("opened", 1L));
            Map<String, String> first = bridge.tickets().get(0);
            Map<String, String> second = bridge.tickets().get(1);
            assertThat(second)
                    .containsEntry("parent", first.get("sys_id"))
                    .containsEntry("correlation_id", first.get("correlation_id").replaceAll("-1$", "-2"));
            assertThat(bridge.notes(second)).anyMatch(note -> note.contains(first.get("number")));

            Pass saturday = bridge.later(DAY).importFile(failing());
            assertThat(saturday.tickets()).isEqualTo(Map.of("unchanged", 1L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_ticket_that_a_person_resolves_although_the_problem_stays_is_followed_by_one_other(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(failing());
            bridge.resolve(bridge.ticket());

            Pass next = bridge.importFile(failing());
            bridge.importFile(failing());

            assertThat(next.findings()).isEqualTo(Map.of("opened", 1L));
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.notes(last(bridge)))
                    .anyMatch(note -> note.contains(bridge.tickets().get(0).get("number")));
        }
    }

    @Test
    void a_password_check_that_fails_on_two_resources_has_two_tickets_by_resource() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.group-by", "resource")) {
            bridge.importFile(Scan.of().fails("password", "user-1", "user-2").write(folder));

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void a_password_check_that_fails_on_two_resources_has_one_ticket_by_control_that_details_both() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().fails("password", "user-1", "user-2").write(folder));

            assertThat(bridge.ticket().get("description")).contains("- user-1 ", "- user-2 ");
        }
    }

    /** What each of them makes of a ticket is {@code PolicyExamplesTest}'s. */
    @Test
    void each_setting_of_a_flow_reaches_its_policy() {
        try (Bridge bridge = Bridge.in(folder)) {
            flow(bridge, "waits", "new-ticket-when-status", "closed");
            flow(bridge, "comments", "on-recurrence", "comment");
            flow(bridge, "says", "on-recurrence", "comment");
            flow(bridge, "reopens", "on-recurrence", "reopen");
            flow(bridge, "ages", "new-ticket-after-days", "30").with("flow.ages.new-ticket-when-status", "closed");

            bridge.importTo("waits", failing());
            bridge.resolve(only(bridge, "waits"));
            bridge.importTo("waits", failing());
            bridge.edit(only(bridge, "waits"), Map.of("state", "7"));
            bridge.importTo("waits", failing());
            assertThat(of(bridge, "waits")).hasSize(2);

            bridge.importTo("comments", failing());
            bridge.importTo("comments", passing());
            int notes = bridge.notes(only(bridge, "comments")).size();
            bridge.importTo("comments", failing());
            bridge.importTo("comments", failing());
            assertThat(bridge.notes(only(bridge, "comments"))).hasSize(notes + 1);
            assertThat(only(bridge, "comments")).containsEntry("state", "6");

            bridge.importTo("says", failing());
            bridge.resolve(only(bridge, "says"));
            notes = bridge.notes(only(bridge, "says")).size();
            bridge.importTo("says", failing());
            bridge.importTo("says", failing());
            assertThat(bridge.notes(only(bridge, "says"))).hasSize(notes + 1);
            bridge.edit(only(bridge, "says"), Map.of("state", "7"));
            bridge.importTo("says", failing());
            assertThat(of(bridge, "says")).hasSize(2);

            bridge.importTo("reopens", failing());
            for (String closed : List.of("comments", "reopens")) {
                bridge.importTo(closed, passing());
                bridge.edit(only(bridge, closed), Map.of("state", "7"));
                bridge.importTo(closed, failing());
                assertThat(of(bridge, closed)).hasSize(2);
            }

            bridge.importTo("ages", failing());
            bridge.resolve(only(bridge, "ages"));
            bridge.importTo("ages", failing());
            only(bridge, "ages");
            bridge.later(Duration.ofDays(30)).importTo("ages", failing());
            assertThat(of(bridge, "ages")).hasSize(2);
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    private static Bridge flow(Bridge bridge, String flow, String key, String value) {
        return bridge.with("flow." + flow + ".source", "files")
                .with("flow." + flow + ".group-by", "control")
                .with("flow." + flow + ".profile", "tickets")
                .with("flow." + flow + "." + key, value);
    }

    private static List<Map<String, String>> of(Bridge bridge, String flow) {
        return bridge.tickets().stream()
                .filter(ticket -> ticket.get("correlation_display").equals("ticketbridge " + flow))
                .toList();
    }

    private static Map<String, String> only(Bridge bridge, String flow) {
        assertThat(of(bridge, flow)).hasSize(1);
        return of(bridge, flow).get(0);
    }

    @Test
    void a_status_that_was_seen_once_was_reached_even_if_somebody_moves_the_ticket_back() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(failing());
            bridge.resolve(bridge.ticket());
            bridge.importFile(Scan.of().passes("other", "container-1").write(folder));
            bridge.edit(bridge.ticket(), Map.of("state", "2"));

            bridge.importFile(failing());

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_deleted_or_cancelled_record_no_longer_blocks(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            bridge.importFile(failing());
            bridge.serviceNow().delete("incident", bridge.ticket().get("sys_id"));

            bridge.importFile(failing());
            assertThat(bridge.ticket().get("correlation_id")).endsWith("-2");

            bridge.edit(bridge.ticket(), Map.of("state", "8"));
            bridge.importFile(failing());
            bridge.importFile(failing());
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(last(bridge).get("correlation_id")).endsWith("-3");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void with_days_set_an_old_open_ticket_no_longer_blocks(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.new-ticket-after-days", "30")) {
            bridge.importFile(failing());

            bridge.later(Duration.ofDays(29)).importFile(failing());
            assertThat(bridge.tickets()).hasSize(1);

            Pass thirtieth = bridge.later(DAY).importFile(failing());
            assertThat(thirtieth.findings()).isEqualTo(Map.of("opened", 1L));
            assertThat(bridge.tickets()).hasSize(2).allMatch(ticket -> ticket.get("state")
                    .equals("1"));

            bridge.importFile(failing());
            bridge.later(DAY).importFile(failing());
            assertThat(bridge.tickets()).hasSize(2);

            bridge.later(Duration.ofDays(30)).importFile(failing());
            assertThat(bridge.tickets()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void on_recurrence_reopen_brings_the_same_ticket_back(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.on-recurrence", "reopen")) {
            bridge.importFile(failing());
            bridge.importFile(passing());
            assertThat(bridge.ticket()).containsEntry("state", "6");

            Pass pass = bridge.importFile(failing());
            bridge.importFile(failing());

            assertThat(pass.findings()).isEqualTo(Map.of("reopened", 1L));
            assertThat(bridge.ticket().get("state")).isIn("1", "2");
            assertThat(bridge.notes(bridge.ticket()))
                    .filteredOn(note -> note.contains("Reopened"))
                    .hasSize(1);

            bridge.importFile(passing());
            assertThat(bridge.ticket()).containsEntry("state", "6");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"new-ticket", "reopen"})
    void a_fix_elsewhere_brings_no_ticket_for_what_no_scan_has_flagged_since(String recurrence) {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.on-recurrence", recurrence)) {
            bridge.importFile(Scan.of().in("111").fails("mfa", "user-1").write(folder));
            bridge.importFile(Scan.of().in("222").fails("mfa", "user-2").write(folder));
            bridge.resolve(bridge.ticket());

            bridge.importFile(Scan.of().in("111").passes("mfa", "user-1").write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "6");

            bridge.importFile(Scan.of().in("222").fails("mfa", "user-2").write(folder));

            assertThat(last(bridge).get("state")).isIn("1", "2");
        }
    }

    @Test
    void what_is_gone_brings_no_ticket_for_what_no_scan_has_flagged_since() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().in("111").fails("mfa", "user-1").write(folder));
            bridge.importFile(Scan.of().in("222").fails("mfa", "user-2").write(folder));
            bridge.resolve(bridge.ticket());

            bridge.importFile(Scan.of().in("111").passes("mfa", "user-9").write(folder));

            assertThat(bridge.ticket()).containsEntry("state", "6");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void once_it_is_fixed_every_ticket_that_was_left_open_is_resolved(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.new-ticket-after-days", "30")) {
            bridge.importFile(failing());
            bridge.later(Duration.ofDays(31)).importFile(failing());
            bridge.later(Duration.ofDays(31)).importFile(failing());
            assertThat(bridge.tickets()).hasSize(3);

            Pass pass = bridge.later(DAY).importFile(passing());

            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("state"))
                    .containsOnly("6");
            assertThat(pass.tickets()).isEqualTo(Map.of("resolved", 3L));
            bridge.importFile(passing());
            assertThat(bridge.tickets()).allSatisfy(ticket -> assertThat(bridge.notes(ticket))
                    .filteredOn(note -> note.contains("nothing fails any more"))
                    .hasSizeLessThanOrEqualTo(1));
        }
    }

    @Test
    void an_older_ticket_that_a_person_closed_is_left_alone() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.new-ticket-after-days", "30")) {
            bridge.importFile(failing());
            bridge.later(Duration.ofDays(31)).importFile(failing());
            Map<String, String> older = bridge.tickets().get(0);
            bridge.resolve(older);
            bridge.edit(older, Map.of("state", "7"));
            int notes = bridge.notes(older).size();

            bridge.later(DAY).importFile(passing());

            assertThat(bridge.tickets().get(0)).containsEntry("state", "7");
            assertThat(bridge.notes(older)).hasSize(notes);
            assertThat(last(bridge)).containsEntry("state", "6");
        }
    }

    @Test
    void an_instance_that_keeps_a_resolved_ticket_open_is_not_told_again_and_again() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.new-ticket-after-days", "30")) {
            bridge.importFile(failing());
            bridge.later(Duration.ofDays(31)).importFile(failing());
            bridge.serviceNow()
                    .faults()
                    .always(RequestMatcher.on("PATCH", "/table/incident/"), Fault.columnsIgnored("state"));

            bridge.later(DAY).importFile(passing());

            assertThat(last(bridge)).containsEntry("state", "1");
            assertThat(bridge.notes(last(bridge)))
                    .filteredOn(note -> note.contains("nothing fails any more"))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
