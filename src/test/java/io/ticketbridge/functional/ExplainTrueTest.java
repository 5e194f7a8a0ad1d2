package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.ledger.report.Stories;
import io.ticketbridge.ledger.report.Story;
import io.ticketbridge.ledger.report.Subjects;
import io.ticketbridge.ledger.report.TicketSearch;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code explain} and the notes say of a ticket is what it is, and why (P14, P31). */
class ExplainTrueTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    /** As {@code explain} tells it at the bridge's own time. */
    private static Story explain(Bridge bridge, String id) {
        Settings settings = Settings.load(Sources.only(bridge.settings()), Requirement.LEDGER_ONLY);
        return new Stories(bridge.engine().database(), bridge.clock(), settings, text -> text)
                .of(new Subjects(bridge.engine().database()).named(id, 1).get(0));
    }

    private static List<String> told(Bridge bridge, String id, String what) {
        return explain(bridge, id).events().stream()
                .filter(event -> event.what().equals(what))
                .map(Story.Event::text)
                .toList();
    }

    private static String nextScan(Bridge bridge, String id) {
        return explain(bridge, id).facts().get("next scan");
    }

    private static List<String> severities(Bridge bridge) {
        return new TicketSearch(bridge.engine().database())
                .of(new TicketSearch.Query("", "", ""), "", 10).page().rows().stream()
                        .map(TicketSearch.Row::severity)
                        .toList();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void p31_the_severity_is_that_of_what_fails_now_and_its_change_is_said(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.resolve-when-fixed", "false")) {
            bridge.importFile(Scan.of()
                    .ofSeverity(3)
                    .fails("a", "1")
                    .ofSeverity(5)
                    .fails("a", "2")
                    .write(folder));
            assertThat(explain(bridge, "1").facts())
                    .containsEntry("severity", "critical")
                    .containsEntry("own severity", "medium");
            assertThat(bridge.ticket()).containsEntry("priority", "1");

            bridge.later(DAY)
                    .importFile(Scan.of()
                            .ofSeverity(3)
                            .fails("a", "1")
                            .ofSeverity(5)
                            .passes("a", "2")
                            .write(folder));

            assertThat(bridge.ticket()).containsEntry("priority", "3");
            assertThat(explain(bridge, "a").facts()).containsEntry("severity", "medium");
            assertThat(severities(bridge)).containsExactly("medium");
            assertThat(told(bridge, "a", "updated"))
                    .containsExactly("INC0010001: 0 joined, 1 fixed, severity critical -> medium, INC0010001 is open");
            assertThat(bridge.notes(bridge.ticket())).last().asString().contains("Severity critical -> medium");

            bridge.later(DAY)
                    .importFile(Scan.of()
                            .ofSeverity(3)
                            .passes("a", "1")
                            .ofSeverity(5)
                            .passes("a", "2")
                            .write(folder));

            assertThat(bridge.ticket()).as("nothing fails: the last").containsEntry("priority", "3");
            assertThat(explain(bridge, "a").facts()).containsEntry("severity", "medium");
            assertThat(severities(bridge)).containsExactly("medium");
            assertThat(bridge.notes(bridge.ticket())).last().asString().doesNotContain("everity");
        }
    }

    @Test
    void p10_a_finding_that_is_worse_now_raises_its_ticket_though_another_speaks_for_it() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.importFile(Scan.of().ofSeverity(3).fails("a", "1", "2").write(folder));
            bridge.later(DAY)
                    .importFile(Scan.of()
                            .ofSeverity(3)
                            .fails("a", "1")
                            .ofSeverity(5)
                            .fails("a", "2")
                            .write(folder));

            assertThat(bridge.ticket()).containsEntry("priority", "1");
            assertThat(explain(bridge, "a").facts()).containsEntry("severity", "critical");
            assertThat(told(bridge, "a", "updated"))
                    .containsExactly("INC0010001: severity medium -> critical, INC0010001 is open");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void p14_what_was_never_fixed_is_not_said_to_be_back(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)) {
            Path failing = Scan.of().fails("encryption", "disk-1").write(folder);
            bridge.importFile(failing);
            bridge.resolve(bridge.ticket());
            bridge.later(DAY).importFile(failing);

            String still =
                    "1 finding still fails although INC0010001 has reached resolved, on-recurrence is new-ticket";
            assertThat(told(bridge, "INC0010002", "opened")).last().isEqualTo("INC0010002: " + still);
            assertThat(bridge.notes(bridge.tickets().get(1)))
                    .containsExactly("This problem had a ticket before: INC0010001\nOpened because " + still);

            bridge.later(DAY)
                    .importFile(Scan.of().passes("encryption", "disk-1").write(folder));
            bridge.later(DAY).importFile(failing);
            assertThat(told(bridge, "INC0010003", "opened"))
                    .last()
                    .isEqualTo(
                            "INC0010003: 1 finding fails again, INC0010002 has reached resolved, on-recurrence is new-ticket");
        }
    }

    @Test
    void p14_a_case_that_was_open_all_the_time_is_not_said_to_be_open_again() {
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.sync-back", "false")) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.resolve(bridge.ticket());
            bridge.later(Duration.ofMinutes(1)).poll();

            String still = "the case is still open although INC0010001 has reached resolved, on-recurrence is reopen";
            assertThat(told(bridge, id, "reopened")).containsExactly("INC0010001: " + still);
            assertThat(bridge.notes(bridge.ticket())).last().asString().startsWith("Reopened: " + still);

            bridge.resolve(bridge.ticket());
            bridge.later(Duration.ofMinutes(1)).poll();
            assertThat(told(bridge, id, "reopened"))
                    .as("and again, after it was reopened")
                    .containsExactly("INC0010001: " + still, "INC0010001: " + still);
        }
    }

    @Test
    void p31_a_ticket_that_stays_open_is_not_said_to_be_closed_with_its_case() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.poll();
            bridge.later(Duration.ofDays(61)).visionOne().closeIdle();
            bridge.poll();

            assertThat(explain(bridge, id).facts().get("in step"))
                    .endsWith(
                            "; the case is closed, the ticket stays open: it was closed after 60 days without activity, on-idle-closure is comment");
            assertThat(nextScan(bridge, id))
                    .isEqualTo("the case opens no other ticket: it and INC0010001 are kept in step");

            bridge.resolve(bridge.ticket());
            bridge.later(DAY).poll();
            assertThat(explain(bridge, id).facts().get("in step")).endsWith(", both closed");
        }
    }

    @Test
    void p31_the_setting_that_leaves_a_ticket_open_is_named() {
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.resolve-when-fixed", "false")) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.poll();
            bridge.visionOne().update(id, Map.of("status", "Closed"));
            bridge.later(DAY).poll();

            assertThat(explain(bridge, id).facts().get("in step"))
                    .endsWith("; the case is closed, the ticket stays open: resolve-when-fixed is off");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void p8_a_second_ticket_by_age_is_announced_and_says_why_and_the_first_names_it(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).with("flow.compliance.new-ticket-after-days", "30")) {
            Path failing = Scan.of().fails("encryption", "disk-1").write(folder);
            bridge.importFile(failing);
            assertThat(nextScan(bridge, "disk-1"))
                    .startsWith(
                            "an unchanged failure opens nothing: INC0010001 covers it until it has reached resolved (new-ticket-when-status); from ")
                    .endsWith("Z on another is opened, new-ticket-after-days is 30");

            bridge.later(DAY.multipliedBy(31));
            String why = "INC0010001 is open since 31 days, new-ticket-after-days is 30";
            assertThat(nextScan(bridge, "disk-1")).isEqualTo("an unchanged failure opens another ticket: " + why);
            bridge.importFile(failing);

            assertThat(bridge.notes(bridge.tickets().get(1)))
                    .containsExactly(
                            "This problem had a ticket before: INC0010001\nOpened because 1 finding fails, " + why);
            assertThat(explain(bridge, "INC0010001").facts().get("ticket"))
                    .contains("; another was opened beside it: INC0010002); INC0010002 (");
            assertThat(told(bridge, "INC0010001", "opened")).last().isEqualTo("INC0010002: 1 finding fails, " + why);
        }
    }

    @Test
    void p31_a_case_whose_ticket_was_deleted_is_said_to_have_no_other() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            bridge.serviceNow().delete("incident", bridge.ticket().get("sys_id"));
            bridge.visionOne().update(id, Map.of("priority", "P0"));
            bridge.later(DAY).poll();

            assertThat(nextScan(bridge, id))
                    .isEqualTo(
                            "the case opens no other ticket: INC0010001 was deleted, and what is kept in step is never made again");
            bridge.visionOne().update(id, Map.of("priority", "P1"));
            bridge.later(DAY).poll();
            assertThat(bridge.tickets()).isEmpty();
        }
    }

    @Test
    void p31_what_was_refused_for_good_is_said_to_wait_for_a_replay() {
        try (Bridge bridge = Bridge.in(folder)) {
            bridge.serviceNow().settings().abortWhen("incident", "Location is mandatory", record -> true);
            Path failing = Scan.of().fails("encryption", "disk-1").write(folder);
            bridge.importFile(failing);

            assertThat(nextScan(bridge, "disk-1"))
                    .isEqualTo(
                            "an unchanged failure opens nothing: ServiceNow refused to open its ticket for good; replay, or news of it, tries again");
            bridge.serviceNow().requests().clear();
            bridge.later(DAY).importFile(failing);
            assertThat(bridge.writes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void p31_what_a_status_a_breaker_or_a_fix_does_next_comes_true(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger)
                .with("flow.compliance.on-recurrence", "reopen")
                .with("flow.compliance.new-ticket-when-status", "closed")
                .with("flow.compliance.max-new-tickets-per-run", "1")) {
            Path failing = Scan.of().fails("encryption", "disk-1").write(folder);
            bridge.importFile(failing);
            bridge.resolve(bridge.ticket());
            bridge.later(DAY).importFile(failing);
            assertThat(nextScan(bridge, "disk-1"))
                    .isEqualTo(
                            "an unchanged failure opens nothing: INC0010001 covers it until it has reached closed (new-ticket-when-status)");
            bridge.importFile(failing);
            assertThat(bridge.ticket()).containsEntry("state", "6");

            Path three = Scan.of().fails("b", "1").fails("c", "1").write(folder, "three.json");
            bridge.importFile(three);
            String held = List.of("b", "c").stream()
                    .filter(check ->
                            explain(bridge, check).facts().get("ticket").equals("none"))
                    .findFirst()
                    .orElseThrow();
            assertThat(nextScan(bridge, held)).isEqualTo("an unchanged failure asks again for what is held");
            bridge.importFile(three);
            assertThat(explain(bridge, held).facts().get("ticket")).startsWith("INC");
        }
    }
}
