package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.workloadprotection.Checked;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Workload Protection may answer instead of a whole list: nothing is lost, and nothing is closed because of it. */
class WorkloadProtectionFaultsTest {
    private static final String BUCKETS = "16027";

    @TempDir
    private Path folder;

    private Bridge bridge() {
        return Bridge.in(folder).withShortWaits().withWorkloads(1).with("flow.workloads.group-by", "check,resource");
    }

    private static long absent(Pass pass) {
        return pass.accounts().stream().mapToLong(Account::absent).sum();
    }

    /** Fixes everything by replacing every failing resource: a whole list would close its tickets. */
    private static void replaceAll(Bridge bridge) {
        while (!bridge.workloads().failing().isEmpty()) {
            Checked seen = bridge.workloads().failing().get(0);
            bridge.workloads().replace(seen.controlId(), seen.resource().hash());
        }
    }

    private static long open(Bridge bridge) {
        return bridge.tickets().stream()
                .filter(ticket -> ticket.get("state").equals("1"))
                .count();
    }

    private static Map<String, HttpFault> faultsOfOneList() {
        Map<String, HttpFault> faults = new LinkedHashMap<>();
        faults.put("it ended after 50 of 60", WorkloadProtectionFaults.droppedPage());
        faults.put("it ended after 60 of 67", WorkloadProtectionFaults.wrongTotal(7));
        faults.put("it changed while it was read", WorkloadProtectionFaults.movedList());
        faults.put("it answered 500", WorkloadProtectionFaults.serverError(500));
        faults.put("it answered 404", WorkloadProtectionFaults.serverError(404));
        faults.put("its answer is no JSON", HttpFault.htmlPage(200));
        return faults;
    }

    @Test
    void a_list_that_fails_costs_what_its_control_proves_and_nothing_else() {
        try (Bridge bridge = bridge()) {
            bridge.pollWorkloads();
            faultsOfOneList().forEach((said, fault) -> {
                replaceOne(bridge, BUCKETS);
                replaceOne(bridge, "30012");
                bridge.workloads().faults().nextMatching(100, WorkloadProtectionFaults.resourcesOf(BUCKETS, 2), fault);

                Pass pass = bridge.pollWorkloads();

                assertThat(pass.failure()).hasValueSatisfying(failure -> assertThat(failure)
                        .contains("1 of 13 controls", "S3 - Enabled MFA Delete (16027): " + said));
                assertThat(absent(pass)).as(said).isEqualTo(1);

                bridge.workloads().faults().clear();
                Pass next = bridge.pollWorkloads();

                assertThat(next.failure()).isEmpty();
                assertThat(absent(next)).as("after: " + said).isEqualTo(1);
            });
            assertThat(open(bridge)).isEqualTo(bridge.workloads().failing().size());
        }
    }

    /** Of those on which nothing else fails. */
    private static void replaceOne(Bridge bridge, String control) {
        Checked one = bridge.workloads().failing().stream()
                .filter(seen -> seen.controlId().equals(control))
                .filter(seen -> bridge.workloads().failing().stream()
                        .noneMatch(each -> each.resource().equals(seen.resource()) && !each.equals(seen)))
                .findFirst()
                .orElseThrow();
        bridge.workloads().replace(control, one.resource().hash());
    }

    @Test
    void where_all_lists_fail_the_run_fails_and_closes_nothing() {
        try (Bridge bridge = bridge()) {
            bridge.pollWorkloads();
            bridge.workloads()
                    .accept(
                            BUCKETS,
                            bridge.workloads().failing().get(0).resource().hash(),
                            Optional.empty());
            bridge.workloads()
                    .faults()
                    .always(path -> path.endsWith("/resources"), WorkloadProtectionFaults.upstreamTerminated());
            bridge.listen();

            Pass pass = bridge.pollWorkloads();

            assertThat(pass.failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("3 controls in a row", "it answered 503"));
            assertThat(pass.accounts())
                    .singleElement()
                    .extracting(Account::state)
                    .isEqualTo("failed");
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void requirements_that_do_not_come_whole_close_nothing() {
        try (Bridge bridge = bridge()) {
            bridge.pollWorkloads();
            replaceAll(bridge);
            bridge.listen();
            bridge.workloads()
                    .faults()
                    .nextMatching(9, WorkloadProtectionFaults.requirements(1), WorkloadProtectionFaults.wrongTotal(3));

            Pass pass = bridge.pollWorkloads();

            assertThat(pass.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).contains("The requirements ended after"));
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void an_answer_in_which_everything_is_empty_closes_nothing() {
        try (Bridge bridge = bridge()) {
            bridge.pollWorkloads();
            bridge.listen();
            bridge.workloads()
                    .faults()
                    .always(path -> path.startsWith("/api/"), WorkloadProtectionFaults.nothingThere());

            assertThat(absent(bridge.pollWorkloads())).isZero();
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_list_that_is_suddenly_empty_is_not_believed_while_its_control_counts_failures() {
        try (Bridge bridge = bridge()) {
            bridge.pollWorkloads();
            bridge.listen();
            bridge.workloads()
                    .faults()
                    .nextMatching(
                            10,
                            WorkloadProtectionFaults.resourcesOf(BUCKETS, 1),
                            WorkloadProtectionFaults.nothingThere());

            Pass pass = bridge.pollWorkloads();

            assertThat(pass.failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("it names 0 resources, and its control says that"));
            assertThat(absent(pass)).isZero();
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void a_refused_token_is_renewed_unless_its_key_is_gone_a_busy_answer_waited_for_and_a_broken_one_tried_again() {
        try (Bridge bridge = bridge()) {
            bridge.workloads()
                    .faults()
                    .nextMatching(1, WorkloadProtectionFaults.resourcesOf(BUCKETS, 1), (request, simulator) -> {
                        bridge.workloads().expireTokens();
                        return simulator.handle(request);
                    });
            bridge.workloads()
                    .faults()
                    .nextMatching(
                            1,
                            WorkloadProtectionFaults.resourcesOf("16071", 1),
                            WorkloadProtectionFaults.tooManyRequests(1));
            bridge.workloads()
                    .faults()
                    .nextMatching(
                            1,
                            WorkloadProtectionFaults.resourcesOf("30011", 1),
                            WorkloadProtectionFaults.upstreamTerminated());
            bridge.workloads()
                    .faults()
                    .nextMatching(1, WorkloadProtectionFaults.resourcesOf("30012", 2), HttpFault.cutHalfWay());
            bridge.workloads()
                    .faults()
                    .nextMatching(
                            1,
                            WorkloadProtectionFaults.resourcesOf("30031", 1),
                            HttpFault.slow(Duration.ofMillis(200)));

            Pass pass = bridge.pollWorkloads();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSameSizeAs(bridge.workloads().failing());

            bridge.workloads().changeApiKey("another");
            assertThat(bridge.pollWorkloads().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("IAM refused ticketbridge.workload-protection.api-key: Provided API key could"));
        }
    }

    @Test
    void a_wrong_api_key_a_wrong_instance_id_and_a_wrong_token_are_named() {
        try (Bridge bridge = bridge().with("workload-protection.api-key", "not-this-one")) {
            assertThat(bridge.pollWorkloads().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains(
                            "IAM refused ticketbridge.workload-protection.api-key: Provided API key could not be found")
                    .doesNotContain("not-this-one"));

            bridge.restart()
                    .with("workload-protection.api-key", bridge.workloads().apiKey())
                    .with("workload-protection.instance-id", "another");
            assertThat(bridge.pollWorkloads().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("answered 403", "check that ticketbridge.workload-protection.instance-id"));

            bridge.restart()
                    .with("workload-protection.api-key", null)
                    .with("workload-protection.instance-id", null)
                    .with("workload-protection.token", "not-this-token");
            assertThat(bridge.pollWorkloads().failure()).hasValueSatisfying(failure -> assertThat(failure)
                    .contains("answered 401", "set ticketbridge.workload-protection.token")
                    .doesNotContain("not-this-token"));
            assertThat(bridge.tickets()).isEmpty();
        }
    }
}
