package io.ticketbridge.source.workloadprotection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.kamelets.KameletWorld;
import io.ticketbridge.kamelets.ReadBack;
import io.ticketbridge.sandbox.workloadprotection.Checked;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionOptions;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Kamelet against the simulator that the built-in source is tested with. */
class WorkloadProtectionKameletTest {
    @Test
    void every_resource_of_every_control_comes_with_the_result_that_the_simulator_gives_it() {
        try (WorkloadProtectionSimulator simulator =
                        WorkloadProtectionSimulator.start(WorkloadProtectionOptions.defaults());
                KameletWorld world = new KameletWorld()) {
            world.read(KameletWorld.kamelet(
                    "ibm-workload-protection-source",
                    Map.of(
                            "url", simulator.url(),
                            "iamUrl", simulator.tokenUrl(),
                            "instanceId", simulator.instanceId(),
                            "apiKey", simulator.apiKey(),
                            "period", "3600000")));
            int controls = (int) simulator.checked().stream()
                    .map(Checked::controlId)
                    .distinct()
                    .count();
            await().atMost(Duration.ofMinutes(2)).until(() -> world.received().size() >= controls);

            var findings = ReadBack.findings(world.received());

            assertThat(findings).hasSameSizeAs(simulator.checked());
            assertThat(findings.stream().map(Finding::id)).doesNotHaveDuplicates();
            assertThat(findings.stream().map(Finding::scope))
                    .containsOnly("workload-protection:" + simulator.instanceId());
            assertThat(findings.stream().filter(each -> each.result() == Result.FAIL))
                    .hasSameSizeAs(simulator.failing());
            assertThat(findings.stream().filter(each -> each.result() == Result.SUPPRESSED))
                    .hasSameSizeAs(simulator.accepted());
        }
    }
}
