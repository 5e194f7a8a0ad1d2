package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.sandbox.scc.EvaluationStatus;
import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.sandbox.scc.SccReport;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SCC's reports become incidents, and later reports bring them up to date. */
class SccTest {
    @TempDir
    private Path folder;

    /** The controls that fail; where SCC joins none to an evaluation, its check. */
    private static Set<String> failingControls(Bridge bridge) {
        return bridge.scc().failing().stream()
                .flatMap(seen -> controls(bridge, seen).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> controls(Bridge bridge, SccEvaluation seen) {
        List<String> controls = bridge.scc().controlsOf(seen);
        return controls.isEmpty() ? List.of(seen.assessmentId()) : controls;
    }

    private static long count(Bridge bridge, EvaluationStatus... statuses) {
        return bridge.scc().evaluations().stream()
                .filter(seen -> List.of(statuses).contains(seen.status()))
                .count();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_ticket_per_failing_control_and_each_evaluation_counts_once(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(20)) {
            Pass pass = bridge.pollScc();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSameSizeAs(failingControls(bridge));
            assertThat(pass.read()).isEqualTo(bridge.scc().evaluations().size());
            assertThat(pass.findings())
                    .isEqualTo(Map.of(
                            "opened", (long) bridge.scc().failing().size(),
                            "unchanged", count(bridge, EvaluationStatus.PASS),
                            "inconclusive", count(bridge, EvaluationStatus.ERROR, EvaluationStatus.SKIPPED)));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void an_evaluation_that_serves_several_controls_is_listed_in_the_ticket_of_each(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(20)) {
            SccEvaluation seen = bridge.scc().failing().stream()
                    .filter(each -> controls(bridge, each).size() == 3)
                    .findFirst()
                    .orElseThrow();

            bridge.pollScc();

            assertThat(bridge.tickets())
                    .filteredOn(ticket -> names(ticket, seen))
                    .hasSize((int) bridge.scc().failing().stream()
                            .filter(each -> each.targetId().equals(seen.targetId()))
                            .flatMap(each -> controls(bridge, each).stream())
                            .distinct()
                            .count());
        }
    }

    @Test
    void an_evaluation_that_no_control_names_gets_a_ticket_by_its_check() {
        try (Bridge bridge = Bridge.in(folder).withScc(20)) {
            SccEvaluation alone = bridge.scc().failing().stream()
                    .filter(each -> bridge.scc().controlsOf(each).isEmpty())
                    .findFirst()
                    .orElseThrow();

            bridge.pollScc();

            assertThat(bridge.tickets())
                    .filteredOn(ticket -> names(ticket, alone))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_ticket_per_failing_resource_and_without_a_new_report_nothing_is_read_or_written(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(20).with("flow.scc.group-by", "resource")) {
            bridge.pollScc();
            bridge.listen().scc().requests().clear();

            Pass again = bridge.pollScc();

            assertThat(bridge.tickets()).hasSize((int) bridge.scc().failing().stream()
                    .map(SccEvaluation::targetId)
                    .distinct()
                    .count());
            assertThat(bridge.scc().requests().all())
                    .extracting(RecordedRequest::path)
                    .singleElement()
                    .asString()
                    .endsWith("/reports/latest");
            assertThat(again.accounts()).isEmpty();
            assertThat(bridge.writes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_fix_and_one_break_touch_their_tickets_alone_with_one_note_each(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(20).with("flow.scc.group-by", "resource")) {
            bridge.pollScc();
            SccEvaluation fixed = failingAlone(bridge);
            SccEvaluation broken = passingAlone(bridge);
            bridge.scc().fix(fixed.assessmentId(), fixed.targetId());
            bridge.scc().breakAgain(broken.assessmentId(), broken.targetId());
            bridge.scc().nextScan();
            bridge.listen();

            Pass pass = bridge.pollScc();

            assertThat(bridge.writes()).isEqualTo(2);
            assertThat(pass.findings())
                    .containsEntry("resolved", 1L)
                    .containsEntry("opened", 1L)
                    .doesNotContainKeys("updated", "held", "dead");
            assertThat(pass.accounts()).hasSize(2).allMatch(account -> account.absent() == 0);
            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("6"))
                    .singleElement()
                    .satisfies(done -> assertThat(bridge.notes(done))
                            .filteredOn(note -> note.contains("Fixed:"))
                            .hasSize(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void each_scope_goes_on_by_itself_with_its_newest_report(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withScc(20)) {
            List<SccReport> newest = bridge.scc().nextScan();
            assertThat(bridge.pollScc().accounts())
                    .extracting(Account::scan)
                    .containsExactlyInAnyOrderElementsOf(
                            newest.stream().map(SccReport::id).toList());
            SccReport report = bridge.scc().nextScan(bridge.scc().groupIds().get(1));

            Pass pass = bridge.pollScc();

            assertThat(pass.accounts()).extracting(Account::scan).containsExactly(report.id());
            assertThat(pass.read()).isEqualTo(report.evaluations().size());
        }
    }

    @Test
    void an_older_report_is_not_read_when_the_newest_was_deleted() {
        try (Bridge bridge = Bridge.in(folder).withScc(20)) {
            bridge.scc().nextScan();
            bridge.pollScc();
            bridge.scc().groupIds().forEach(group -> bridge.scc()
                    .deleteReport(newest(bridge, group).id()));

            assertThat(bridge.pollScc().accounts()).isEmpty();
        }
    }

    @Test
    void the_region_is_that_of_the_crn() {
        try (Bridge bridge = Bridge.in(folder).withScc(20)) {
            bridge.pollScc();

            Map<String, String> regions = new TreeMap<>();
            bridge.engine()
                    .database()
                    .client()
                    .sql("select resource_uid, region from finding")
                    .query(row -> {
                        regions.put(row.getString(1), row.getString(2));
                    });
            assertThat(regions).isNotEmpty().allSatisfy((crn, region) -> assertThat(region)
                    .isEqualTo(crn.split(":")[5]));
        }
    }

    private static SccReport newest(Bridge bridge, String group) {
        return bridge.scc().reports().stream()
                .filter(report -> report.groupId().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private static boolean names(Map<String, String> ticket, SccEvaluation seen) {
        return ticket.get("description").contains(seen.targetName() + " ");
    }

    /** The only failure of its target, which only one scope has. */
    private static SccEvaluation failingAlone(Bridge bridge) {
        return bridge.scc().failing().stream()
                .filter(seen -> bridge.scc().failing().stream()
                                .filter(each -> each.targetId().equals(seen.targetId()))
                                .count()
                        == 1)
                .findFirst()
                .orElseThrow();
    }

    /** A pass of a target on which nothing fails, and which only one scope has. */
    private static SccEvaluation passingAlone(Bridge bridge) {
        return bridge.scc().evaluations().stream()
                .filter(seen -> seen.status() == EvaluationStatus.PASS)
                .filter(seen -> bridge.scc().failing().stream()
                        .noneMatch(each -> each.targetId().equals(seen.targetId())))
                .filter(seen -> bridge.scc().evaluations().stream()
                                .filter(each -> each.targetId().equals(seen.targetId())
                                        && each.assessmentId().equals(seen.assessmentId()))
                                .count()
                        == 1)
                .findFirst()
                .orElseThrow();
    }
}
