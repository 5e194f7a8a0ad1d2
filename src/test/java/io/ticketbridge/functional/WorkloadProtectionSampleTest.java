package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Handler;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.sandbox.http.SimulatorServer;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded pages beside the project become the tickets that a person who reads them would expect. */
class WorkloadProtectionSampleTest {
    private static final List<String> BUCKETS =
            List.of("example-bucket-1539d791df", "example-bucket-90f8b136df", "example-bucket-b086e72dee");

    @TempDir
    private Path folder;

    /** The recorded pages were cut; what they announce is left out. */
    private static Answer answer(Request request, JsonNode requirements, JsonNode resources) {
        if (request.path().endsWith("/requirements")) {
            return Answer.json(200, ((ObjectNode) requirements.deepCopy()).put("totalCount", "2"));
        }
        boolean buckets = request.query("controlId").orElse("").equals("16026");
        ObjectNode page = resources.deepCopy();
        if (!buckets) {
            page.putArray("data");
        }
        return Answer.json(200, page.put("totalCount", page.get("data").size()));
    }

    @Test
    void three_buckets_without_versions_are_one_ticket_by_control_and_three_by_resource() {
        JsonNode requirements = Samples.read("compliance/sysdig-cspm-requirements.json");
        JsonNode resources = Samples.read("compliance/sysdig-cspm-resources.json");
        Handler api = request -> answer(request, requirements, resources);
        try (Bridge bridge = Bridge.in(folder);
                SimulatorServer server = SimulatorServer.start("recorded", 0, bridge.clock(), api)) {
            bridge.with("workload-protection.url", server.url())
                    .with("workload-protection.token", "any")
                    .with("flow.workloads.source", "workload-protection")
                    .with("flow.workloads.group-by", "control")
                    .with("flow.workloads.profile", "tickets");

            Pass pass = bridge.pollWorkloads();

            Map<String, String> ticket = bridge.ticket();
            assertThat(ticket.get("short_description")).contains("S3 - Enabled Versioning");
            assertThat(ticket.get("description")).contains(BUCKETS).contains("S3 object versioning is enabled");
            assertThat(ticket).containsEntry("impact", "2").containsEntry("urgency", "1");
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 3L));
            // 433, 138 and 36 were announced: nothing may be concluded from three.
            assertThat(pass.failure()).hasValueSatisfying(missing -> assertThat(missing)
                    .contains("Of 3 of 3 controls", "it names 3 resources, and its control says that 36 fail"));

            bridge.with("flow.workloads.enabled", "false")
                    .with("flow.single.source", "workload-protection")
                    .with("flow.single.group-by", "resource")
                    .with("flow.single.profile", "tickets")
                    .restart();
            bridge.passes();

            assertThat(bridge.tickets().stream().skip(1)).hasSize(3).allSatisfy(one -> assertThat(BUCKETS)
                    .anyMatch(bucket -> one.get("short_description").contains(bucket)
                            || one.get("description").contains(bucket)));
        }
    }
}
