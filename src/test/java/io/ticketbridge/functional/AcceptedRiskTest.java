package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.ServiceNowPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever closes a ticket as an accepted risk has the last word, until the date. */
class AcceptedRiskTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Bridge bridge(Ledger ledger) {
        return Bridge.in(folder, ledger)
                .with("profile.tickets.accepted-risk.close-code", "Won't fix, Risk accepted")
                .with("profile.tickets.accepted-risk.until-field", "u_accepted_until");
    }

    private Pass scan(Bridge bridge, String... resources) {
        return bridge.importFile(Scan.of().fails("s3-public", resources).write(folder));
    }

    private static void accept(Bridge bridge, String state, String until) {
        bridge.edit(
                bridge.ticket(),
                Map.of(
                        "state",
                        state,
                        "close_code",
                        "risk_accepted",
                        "close_notes",
                        "The CISO agreed",
                        "u_accepted_until",
                        until));
    }

    private static String day(Bridge bridge, int later) {
        return bridge.clock()
                .instant()
                .plus(Duration.ofDays(later))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void an_accepted_risk_blocks_until_its_date_and_explain_tells_so(Ledger ledger) {
        try (Bridge bridge = bridge(ledger).with("flow.compliance.on-recurrence", "reopen")) {
            scan(bridge, "bucket-1", "bucket-2");
            String until = day(bridge, 30);
            accept(bridge, "7", until);

            Pass next = scan(bridge, "bucket-1", "bucket-2");
            assertThat(next.findings()).isEqualTo(Map.of("unchanged", 2L));
            bridge.later(DAY.multipliedBy(20));
            scan(bridge, "bucket-1", "bucket-2");
            assertThat(bridge.tickets()).hasSize(1);
            assertThat(explain(bridge, "INC0010001"))
                    .contains(
                            "closed as an accepted risk until " + until,
                            "next scan an unchanged failure opens nothing: INC0010001 was closed as an accepted risk until "
                                    + until + "\n",
                            "INC0010001 was closed as an accepted risk until " + until + " (Risk accepted)",
                            "decided   nothing to do: INC0010001 was closed as an accepted risk until " + until);
            assertThat(explain(bridge, "bucket-1"))
                    .contains("accepted  INC0010001 lists it and was closed as an accepted risk until " + until);

            bridge.later(DAY.multipliedBy(11));
            Pass after = scan(bridge, "bucket-1", "bucket-2");

            assertThat(after.findings()).isEqualTo(Map.of("opened", 2L));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_resource_that_joins_an_accepted_control_has_a_ticket_of_its_own(Ledger ledger) {
        try (Bridge bridge = bridge(ledger)) {
            scan(bridge, "bucket-1", "bucket-2");
            accept(bridge, "6", "");

            scan(bridge, "bucket-1", "bucket-2", "bucket-3");

            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.tickets().get(1).get("description"))
                    .contains("1 resource fails:", "bucket-3")
                    .doesNotContain("bucket-1", "bucket-2");

            // Somebody changes his mind: what was accepted joins the ticket that is open now.
            Map<String, String> first = bridge.tickets().get(0);
            bridge.edit(first, Map.of("close_code", "Solution provided"));
            scan(bridge, "bucket-1", "bucket-2", "bucket-3");
            assertThat(bridge.tickets()).hasSize(2);
            assertThat(bridge.notes(bridge.tickets().get(1))).anyMatch(note -> note.contains("2 joined, 0 fixed"));
            assertThat(bridge.again(bridge.tickets().get(1)).get("description")).contains("bucket-1", "bucket-3");
        }
    }

    @Test
    void days_count_from_when_it_was_resolved_and_a_reopened_ticket_blocks_as_before() {
        try (Bridge bridge = bridge(Ledger.H2).with("profile.tickets.accepted-risk.days", "90")) {
            scan(bridge, "bucket-1");
            accept(bridge, "6", "");
            Instant resolved = Instant.now();
            scan(bridge, "bucket-1");
            String until = resolved.plus(Duration.ofDays(90)).toString().substring(0, 10);
            assertThat(explain(bridge, "INC0010001")).contains("closed as an accepted risk until " + until);

            bridge.edit(bridge.ticket(), Map.of("state", "2", "close_code", ""));
            Pass pass = scan(bridge, "bucket-1");

            assertThat(pass.findings()).isEqualTo(Map.of("unchanged", 1L));
            assertThat(bridge.tickets()).hasSize(1);
            assertThat(explain(bridge, "INC0010001")).contains("it is open again: the risk is accepted no longer");
        }
    }

    @Test
    void a_plan_agrees_and_check_knows_the_column_and_the_choice() {
        try (Bridge bridge = bridge(Ledger.H2)) {
            scan(bridge, "bucket-1");
            accept(bridge, "7", day(bridge, 30));
            Path file = Scan.of().fails("s3-public", "bucket-1", "bucket-2").write(folder);

            CommandRun plan = CommandRun.of(
                    "plan", file.toString(), "--config", bridge.config().toString());

            assertThat(plan.out() + plan.err())
                    .contains("was closed as an accepted risk until")
                    .contains("does not list");
            ServiceNowPage.assertTellsOf(bridge);
        }
    }

    @Test
    void a_close_code_or_column_that_is_not_there_is_a_problem_of_check() {
        try (Bridge bridge = bridge(Ledger.H2)
                .with("profile.tickets.accepted-risk.close-code", "Risk acepted")
                .with("profile.tickets.accepted-risk.until-field", "short_description")) {
            CommandRun check =
                    CommandRun.of("check", "--config", bridge.config().toString());

            assertThat(check.out() + check.err())
                    .contains(
                            "close_code has no choice 'Risk acepted'",
                            "set ticketbridge.profile.tickets.accepted-risk.close-code to one of",
                            "short_description holds no date, its type is string");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_case_is_closed_with_its_accepted_ticket_and_opens_no_other_as_it_comes_back_before_the_date(Ledger ledger) {
        try (Bridge bridge = bridge(ledger)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.poll();
            accept(bridge, "7", day(bridge, 30));
            bridge.later(DAY).poll();
            assertThat(bridge.visionOne().caseById(id).orElseThrow().status()).isEqualTo("Closed");
            bridge.later(DAY).poll();

            bridge.visionOne().update(id, Map.of("status", "Open"));
            bridge.later(DAY).poll();
            bridge.later(DAY).poll();
            assertThat(bridge.ticket()).containsEntry("state", "7");
            assertThat(explain(bridge, "INC0010001"))
                    .contains("nothing to do: INC0010001 was closed as an accepted risk");

            bridge.later(DAY.multipliedBy(30)).poll();
            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    private static String explain(Bridge bridge, String id) {
        CommandRun told =
                CommandRun.of("explain", id, "--config", bridge.config().toString());
        assertThat(told.exit()).as(told.err()).isZero();
        return told.out();
    }
}
