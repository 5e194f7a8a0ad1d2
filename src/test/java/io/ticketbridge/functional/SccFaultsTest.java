package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.sandbox.scc.SccFaults;
import io.ticketbridge.sandbox.scc.SccReport;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What SCC may answer instead of a whole report: nothing is lost, and nothing is closed because of it. */
class SccFaultsTest {
    /** Seven pages in the larger scope, some more than four in the other. */
    private static final int SEVEN_PAGES = 230;

    @TempDir
    private Path folder;

    /** From the n-th page of evaluations of a report on. */
    private static Predicate<Request> page(SccReport report, int number) {
        int[] seen = {0};
        return request -> request.path().endsWith(report.id() + "/evaluations") && ++seen[0] >= number;
    }

    private static SccReport newest(Bridge bridge, int scope) {
        String group = bridge.scc().groupIds().get(scope);
        return bridge.scc().reports().stream()
                .filter(report -> report.groupId().equals(group))
                .findFirst()
                .orElseThrow();
    }

    /** Fixes everything by replacing every failing resource: the next report would close every ticket. */
    private static void replaceAll(Bridge bridge) {
        List<SccEvaluation> failing = bridge.scc().failing();
        failing.stream()
                .map(seen -> seen.assessmentId() + " " + seen.targetId())
                .distinct()
                .map(each -> each.split(" ", 2))
                .forEach(each -> {
                    if (bridge.scc().failing().stream()
                            .anyMatch(seen -> seen.assessmentId().equals(each[0])
                                    && seen.targetId().equals(each[1]))) {
                        bridge.scc().replaceResource(each[0], each[1]);
                    }
                });
    }

    private static void nothingIsClosed(Bridge bridge) {
        assertThat(bridge.tickets()).isNotEmpty().allMatch(ticket -> ticket.get("state")
                .equals("1"));
    }

    @Test
    void a_wrong_api_key_is_named_in_one_line_and_nothing_is_read() {
        try (Bridge bridge = Bridge.in(folder).withScc(20).with("scc.api-key", "not-this-one")) {
            Pass pass = bridge.pollScc();

            assertThat(pass.failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("ticketbridge.scc.api-key", "BXNIM0415E", "Provided API key could not be found")
                    .doesNotContain("not-this-one", "\n"));
            assertThat(pass.accounts()).isEmpty();
            assertThat(bridge.tickets()).isEmpty();
            assertThat(bridge.scc().requests().matching(request -> request.path()
                            .contains("/reports")))
                    .isEmpty();
        }
    }

    @Test
    void the_command_says_so_in_one_line_and_ends_with_1() {
        try (Bridge bridge = Bridge.in(folder).withScc(20).with("scc.api-key", "not-this-one")) {
            CommandRun run =
                    CommandRun.of("run", "--once", "--config", bridge.config().toString());

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.messages())
                    .singleElement()
                    .asString()
                    .startsWith("Flow scc: IAM refused ticketbridge.scc.api-key: ");
            assertThat(run.out() + run.err()).doesNotContain("not-this-one");
        }
    }

    @Test
    void an_api_key_that_is_deleted_while_its_token_is_kept_is_named_and_closes_nothing() {
        try (Bridge bridge = Bridge.in(folder).withScc(20)) {
            bridge.pollScc();
            replaceAll(bridge);
            bridge.scc().nextScan();
            bridge.scc().changeApiKey("another");
            bridge.listen();

            assertThat(bridge.pollScc().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("IAM refused ticketbridge.scc.api-key: Provided API key could not be found"));

            assertThat(bridge.writes()).isZero();
            nothingIsClosed(bridge);
        }
    }

    @Test
    void a_refused_token_is_renewed_in_the_middle_of_a_report() {
        try (Bridge bridge = Bridge.in(folder).withScc(SEVEN_PAGES).with("flow.scc.group-by", "account")) {
            bridge.scc().faults().nextMatching(1, page(newest(bridge, 0), 3), (request, simulator) -> {
                bridge.scc().expireTokens();
                return simulator.handle(request);
            });

            Pass pass = bridge.pollScc();

            assertThat(pass.failure()).isEmpty();
            assertThat(pass.accounts()).extracting(Account::state).containsExactly("done", "done");
            assertThat(pass.read()).isEqualTo(bridge.scc().evaluations().size());
            assertThat(bridge.scc().requests().matching(request -> request.path()
                            .endsWith("/token")))
                    .hasSize(2);
        }
    }

    @Test
    void a_token_is_renewed_before_it_ends() {
        try (Bridge bridge = Bridge.in(folder).withScc(20)) {
            bridge.pollScc();
            bridge.later(Duration.ofMinutes(49));
            bridge.scc().requests().clear();

            bridge.pollScc();

            assertThat(bridge.scc().requests().all())
                    .extracting(request -> request.path().replaceAll(".*/", "") + " " + request.status())
                    .containsExactly("token 200", "latest 200");
        }
    }

    @Test
    void a_500_on_page_seven_that_passes_at_the_third_try_costs_nothing() {
        try (Bridge bridge = Bridge.in(folder)
                .withScc(SEVEN_PAGES)
                .with("flow.scc.group-by", "account")
                .withShortWaits()) {
            bridge.scc().faults().nextMatching(2, page(newest(bridge, 0), 7), SccFaults.serverError(500));

            Pass pass = bridge.pollScc();

            assertThat(bridge.scc().faults().fired()).isEqualTo(2);
            assertThat(pass.accounts()).extracting(Account::state).containsExactly("done", "done");
            assertThat(pass.read()).isEqualTo(bridge.scc().evaluations().size());
        }
    }

    @Test
    void a_503_in_plain_text_is_tried_again() {
        try (Bridge bridge = Bridge.in(folder).withScc(20).withShortWaits()) {
            bridge.scc().faults().next(2, path -> path.endsWith("/evaluations"), SccFaults.upstreamTerminated());

            Pass pass = bridge.pollScc();

            assertThat(bridge.scc().faults().fired()).isEqualTo(2);
            assertThat(pass.accounts()).extracting(Account::state).containsExactly("done", "done");
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_report_that_fails_half_way_is_read_again_and_the_other_scope_goes_on(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(SEVEN_PAGES).withShortWaits()) {
            SccReport broken = newest(bridge, 0);
            bridge.scc().faults().nextMatching(100, page(broken, 7), SccFaults.serverError(500));

            Pass pass = bridge.pollScc();

            assertThat(pass.accounts()).extracting(Account::state).containsExactlyInAnyOrder("failed", "done");
            int opened = bridge.tickets().size();
            assertThat(opened).isPositive();

            bridge.scc().faults().clear();
            Pass next = bridge.pollScc();

            assertThat(next.accounts()).singleElement().satisfies(account -> assertThat(account.scan())
                    .isEqualTo(broken.id()));
            assertThat(next.read()).isEqualTo(broken.evaluations().size());
            assertThat(bridge.tickets()).hasSizeGreaterThanOrEqualTo(opened);
            nothingIsClosed(bridge);
            assertThat(bridge.pollScc().accounts()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void what_fails_half_way_closes_nothing_by_absence(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(SEVEN_PAGES).withShortWaits()) {
            bridge.pollScc();
            replaceAll(bridge);
            bridge.scc().nextScan();
            bridge.scc().faults().nextMatching(100, SccFaults.laterPages(), SccFaults.serverError(500));
            bridge.listen();

            Pass pass = bridge.pollScc();

            assertThat(pass.accounts()).extracting(Account::state).containsExactly("failed", "failed");
            assertThat(bridge.writes()).isZero();
            nothingIsClosed(bridge);
        }
    }

    @Test
    void a_report_that_disappears_between_two_pages_fails_its_run_and_closes_nothing() {
        try (Bridge bridge = Bridge.in(folder).withScc(SEVEN_PAGES)) {
            bridge.pollScc();
            replaceAll(bridge);
            bridge.scc().nextScan();
            SccReport gone = newest(bridge, 0);
            bridge.scc().faults().nextMatching(1, page(gone, 3), (request, simulator) -> {
                bridge.scc().deleteReport(gone.id());
                return simulator.handle(request);
            });
            Predicate<Account> ofGone = account -> account.scan().equals(gone.id());

            Pass pass = bridge.pollScc();

            assertThat(pass.accounts()).filteredOn(ofGone).singleElement().satisfies(account -> {
                assertThat(account.state()).isEqualTo("failed");
                assertThat(account.error()).contains("404", "is gone");
                assertThat(account.absent()).isZero();
            });
            assertThat(bridge.pollScc().accounts())
                    .as("an older report is history")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void reports_without_evidence_close_nothing(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(20)) {
            bridge.pollScc();
            replaceAll(bridge);
            bridge.listen();

            bridge.scc().groupIds().forEach(bridge.scc()::emptyScan);
            assertThat(bridge.pollScc().accounts()).hasSize(2).allMatch(account -> account.absent() == 0);

            bridge.scc().groupIds().forEach(bridge.scc()::failedScan);
            assertThat(bridge.pollScc().accounts()).hasSize(2).allMatch(account -> account.absent() == 0);
            assertThat(bridge.writes()).isZero();

            bridge.scc().nextScan();
            bridge.scc()
                    .faults()
                    .always(
                            path -> path.endsWith("/reports/latest"),
                            HttpFault.rewritten(latest -> latest.path("reports").forEach(SccFaultsTest::announceMore)));
            assertThat(bridge.pollScc().accounts()).hasSize(2).allMatch(account -> account.absent() == 0);
            nothingIsClosed(bridge);
        }
    }

    private static void announceMore(JsonNode report) {
        ((ObjectNode) report.path("evaluations_summary")).put("total_count", 99_999);
    }

    @Test
    void pages_that_end_too_early_fail_the_run_and_are_read_again() {
        try (Bridge bridge = Bridge.in(folder).withScc(20)) {
            bridge.pollScc();
            replaceAll(bridge);
            bridge.scc().nextScan();
            bridge.listen()
                    .scc()
                    .faults()
                    .always(
                            path -> path.endsWith("/evaluations"),
                            HttpFault.rewritten(page -> page.put("total_count", 99_999)));

            Pass pass = bridge.pollScc();

            assertThat(pass.accounts()).hasSize(2).allSatisfy(account -> {
                assertThat(account.state()).isEqualTo("failed");
                assertThat(account.error()).contains("of 99999");
            });
            nothingIsClosed(bridge);

            bridge.scc().faults().clear();
            bridge.pollScc();

            assertThat(bridge.tickets()).anyMatch(ticket -> ticket.get("state").equals("6"));
        }
    }

    @Test
    void pages_that_lead_in_a_circle_fail_the_run() {
        try (Bridge bridge = Bridge.in(folder).withScc(SEVEN_PAGES).with("flow.scc.group-by", "account")) {
            bridge.scc()
                    .faults()
                    .always(path -> path.endsWith("/evaluations"), HttpFault.rewritten(page -> page.putObject("next")
                            .put("start", "b2Zmc2V0OjEwMA==")));

            Pass pass = bridge.pollScc();

            assertThat(pass.accounts()).hasSize(2).allMatch(account -> account.error()
                    .contains("lead back"));
        }
    }
}
