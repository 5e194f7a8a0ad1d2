package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.http.RecordedRequest;
import io.ticketbridge.sandbox.workloadprotection.Checked;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Workload Protection's controls say of resources becomes incidents, and later passes bring them up to date. */
class WorkloadProtectionTest {
    @TempDir
    private Path folder;

    private static long absent(Pass pass) {
        return pass.accounts().stream().mapToLong(Account::absent).sum();
    }

    private static long open(Bridge bridge) {
        return bridge.tickets().stream()
                .filter(ticket -> ticket.get("state").equals("1"))
                .count();
    }

    private static long failingControls(Bridge bridge) {
        return bridge.workloads().failing().stream()
                .map(Checked::controlId)
                .distinct()
                .count();
    }

    /** The only failure of its resource. */
    private static Checked failingAlone(Bridge bridge) {
        return bridge.workloads().failing().stream()
                .filter(seen -> bridge.workloads().failing().stream()
                                .filter(each -> each.resource().equals(seen.resource()))
                                .count()
                        == 1)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_ticket_per_failing_control_through_all_policies_and_zones(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withWorkloads(1)) {
            Pass pass = bridge.pollWorkloads();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize((int) failingControls(bridge));
            assertThat(pass.findings())
                    .containsEntry("opened", (long) bridge.workloads().failing().size())
                    .containsEntry(
                            "suppressed", (long) bridge.workloads().accepted().size());
            for (Checked seen : bridge.workloads().failing()) {
                assertThat(bridge.ticket(bridge.workloads().nameOf(seen.controlId()))
                                .get("description"))
                        .contains(seen.resource().name());
            }
            bridge.listen();

            Pass again = bridge.pollWorkloads();

            assertThat(again.failure()).isEmpty();
            assertThat(again.findings()).doesNotContainKeys("opened", "updated", "resolved");
            assertThat(absent(again)).isZero();
            assertThat(bridge.writes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void one_ticket_per_failing_resource_and_a_fix_a_break_and_a_replacement_touch_theirs_alone(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withWorkloads(0.3).with("flow.workloads.group-by", "resource")) {
            bridge.pollWorkloads();
            assertThat(bridge.tickets()).hasSize((int) bridge.workloads().failing().stream()
                    .map(Checked::resource)
                    .distinct()
                    .count());
            Checked fixed = failingAlone(bridge);
            Checked broken = bridge.workloads().checked().stream()
                    .filter(seen -> seen.passed() && seen.controlId().equals("16043"))
                    .filter(seen -> bridge.workloads().failing().stream()
                            .noneMatch(each -> each.resource().equals(seen.resource())))
                    .findFirst()
                    .orElseThrow();
            bridge.workloads().fix(fixed.controlId(), fixed.resource().hash());
            bridge.workloads().breakAgain(broken.controlId(), broken.resource().hash());
            bridge.listen();

            Pass pass = bridge.pollWorkloads();

            assertThat(bridge.writes()).isEqualTo(2);
            assertThat(pass.tickets()).containsEntry("resolved", 1L).containsEntry("opened", 1L);

            Checked replaced = failingAlone(bridge);
            bridge.workloads().replace(replaced.controlId(), replaced.resource().hash());

            Pass gone = bridge.pollWorkloads();

            assertThat(absent(gone)).isEqualTo(1);
            assertThat(gone.tickets()).containsEntry("resolved", 1L).doesNotContainKeys("opened", "updated");
        }
    }

    @Test
    void a_control_that_passes_everywhere_is_not_read_and_its_word_resolves_its_ticket() {
        try (Bridge bridge = Bridge.in(folder).withWorkloads(0.3)) {
            bridge.pollWorkloads();
            bridge.workloads().failing().forEach(seen -> bridge.workloads()
                    .fix(seen.controlId(), seen.resource().hash()));
            bridge.workloads().accepted().forEach(seen -> bridge.workloads()
                    .fix(seen.controlId(), seen.resource().hash()));
            bridge.workloads().requests().clear();

            Pass pass = bridge.pollWorkloads();

            assertThat(open(bridge)).isZero();
            assertThat(absent(pass)).isPositive();
            assertThat(bridge.workloads().requests().all())
                    .extracting(RecordedRequest::path)
                    .filteredOn(path -> path.endsWith("cloud/resources"))
                    .as("only the account that a person has to look at")
                    .hasSize(1);
        }
    }

    @Test
    void an_accepted_failure_gets_no_ticket_until_the_acceptance_expires() {
        try (Bridge bridge = Bridge.in(folder).withWorkloads(0.3).with("flow.workloads.group-by", "check,resource")) {
            Checked failure = failingAlone(bridge);
            bridge.workloads()
                    .accept(
                            failure.controlId(),
                            failure.resource().hash(),
                            Optional.of(bridge.clock().instant().plus(Duration.ofDays(7))));

            Pass accepted = bridge.pollWorkloads();

            assertThat(accepted.findings()).containsEntry("suppressed", (long)
                    bridge.workloads().accepted().size());
            assertThat(naming(bridge, failure)).isEmpty();

            bridge.later(Duration.ofDays(8));
            bridge.pollWorkloads();

            assertThat(naming(bridge, failure)).hasSize(1);
        }
    }

    private static List<Map<String, String>> naming(Bridge bridge, Checked failure) {
        return bridge.tickets().stream()
                .filter(ticket ->
                        ticket.get("description").contains(failure.resource().name())
                                && ticket.get("short_description")
                                        .contains(bridge.workloads().nameOf(failure.controlId())))
                .toList();
    }

    @Test
    void a_policy_that_is_taken_off_a_zone_closes_nothing_and_its_passes_still_count() {
        try (Bridge bridge = Bridge.in(folder).withWorkloads(0.5).with("flow.workloads.group-by", "check,resource")) {
            // The host control is in SOC 2 alone: gone from one zone, it is read in the other; gone from both, not at
            // all.
            Checked host = bridge.workloads().checked().stream()
                    .filter(seen -> seen.controlId().equals("6341")
                            && seen.resource().account().startsWith("prd"))
                    .findFirst()
                    .orElseThrow();
            bridge.workloads().breakAgain(host.controlId(), host.resource().hash());
            bridge.pollWorkloads();
            bridge.workloads().unassign("28", "100b83d6");
            bridge.listen();

            assertThat(absent(bridge.pollWorkloads())).isZero();
            assertThat(bridge.writes()).isZero();

            bridge.workloads().fix(host.controlId(), host.resource().hash());

            assertThat(bridge.pollWorkloads().tickets()).containsEntry("resolved", 1L);

            bridge.workloads().unassign("28", "2f4c07a1");
            bridge.listen();

            assertThat(absent(bridge.pollWorkloads())).isZero();
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_filter_is_sent_encoded_and_narrowing_it_closes_nothing_until_somebody_says_so() {
        String filter = "policy.name contains \"SOC\" and zone.name in (\"Production\")";
        try (Bridge bridge = Bridge.in(folder).withWorkloads(0.5)) {
            bridge.pollWorkloads();
            long open = open(bridge);
            bridge.restart().with("flow.workloads.source-filter", filter);
            bridge.workloads().requests().clear();

            Pass pass = bridge.pollWorkloads();

            assertThat(pass.failure()).isEmpty();
            assertThat(absent(pass)).isZero();
            assertThat(open(bridge)).isEqualTo(open);
            assertThat(bridge.workloads().requests().all())
                    .extracting(RecordedRequest::query)
                    .filteredOn(query -> query.contains("controlId"))
                    .isNotEmpty()
                    .allMatch(query -> query.contains("filter=policyId%3D28%20and%20zones.id%3D2f4c07a1"));

            bridge.restart().with("flow.workloads.former-source-gone", "true");
            assertThat(absent(bridge.pollWorkloads()))
                    .as("somebody has said that the other zones are gone for good")
                    .isPositive();
            bridge.restart().with("flow.workloads.former-source-gone", "false");
            assertThat(absent(bridge.pollWorkloads())).isZero();
        }
    }

    @Test
    void a_filter_that_lets_nothing_through_is_named() {
        try (Bridge bridge =
                Bridge.in(folder).withWorkloads(0.3).with("flow.workloads.source-filter", "zone.name = \"X\"")) {
            assertThat(bridge.pollWorkloads().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("No requirement matches ticketbridge.flow.workloads.source-filter"));
        }
    }

    @Test
    void a_token_of_sysdig_s_own_does_without_iam_and_without_an_instance_id() {
        try (Bridge bridge = Bridge.in(folder).withWorkloads(0.3)) {
            bridge.with("workload-protection.api-key", null)
                    .with("workload-protection.instance-id", null)
                    .with("workload-protection.token", bridge.workloads().token());

            assertThat(bridge.pollWorkloads().failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize((int) failingControls(bridge));
            assertThat(bridge.workloads().requests().all())
                    .allMatch(request -> !request.headers().containsKey("ibminstanceid")
                            && !request.path().startsWith("/identity"));

            // The other way to sign in names the instance otherwise, and it is the same.
            bridge.with("workload-protection.api-key", bridge.workloads().apiKey())
                    .with("workload-protection.instance-id", bridge.workloads().instanceId())
                    .with("workload-protection.token", null)
                    .restart()
                    .listen();
            assertThat(bridge.pollWorkloads().failure()).isEmpty();
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_control_can_be_a_requirement_of_a_policy() {
        try (Bridge bridge = Bridge.in(folder).withWorkloads(0.3).with("flow.workloads.control", "SOC 2")) {
            bridge.pollWorkloads();

            assertThat(bridge.engine()
                            .database()
                            .client()
                            .sql("select label from finding_group where flow = 'workloads'")
                            .query(String.class)
                            .list())
                    .anyMatch(label -> label.contains("CC6.6 Boundaries"))
                    .anyMatch(label -> label.contains("CC6.1 Logical access"));
        }
    }
}
