package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.sandbox.http.SimulatorServer;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report beside the project becomes the ticket that a person who reads it would expect. */
class SccSampleTest {
    @TempDir
    private Path folder;

    @Test
    void a_bucket_that_is_open_to_public_endpoints_is_one_ticket_with_its_control() {
        JsonNode latest = Samples.read("compliance/scc-reports-latest.json");
        JsonNode controls = Samples.read("compliance/scc-report-controls.json");
        ObjectNode evaluations = (ObjectNode) Samples.read("compliance/scc-evaluations-page.json");
        // The page was cut from many; what it announces is left out.
        evaluations.put("total_count", 1).remove("next");
        try (Bridge bridge = Bridge.in(folder);
                SimulatorServer server = SimulatorServer.start(
                        "recorded", 0, bridge.clock(), request -> answer(request, latest, controls, evaluations))) {
            bridge.with("scc.url", server.url() + "/v3")
                    .with("scc.iam-url", server.url() + "/identity/token")
                    .with("scc.api-key", "any-key")
                    .with("flow.scc.source", "scc")
                    .with("flow.scc.group-by", "control")
                    .with("flow.scc.profile", "tickets");

            Pass pass = bridge.pollScc();

            Map<String, String> ticket = bridge.ticket();
            assertThat(ticket.get("short_description")).contains("Password Management");
            assertThat(ticket.get("description"))
                    .contains("Check whether Cloud Object Storage is accessible only by using private endpoints")
                    .contains("mybucket", "59bcbfa6ea2f006b4ed7094c1a08dcdd")
                    .contains("Property string_equals anyValue, found anyValue");
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 1L));
            assertThat(pass.failure()).isEmpty();
        }
    }

    private static Answer answer(Request request, JsonNode latest, JsonNode controls, JsonNode evaluations) {
        if (request.path().endsWith("/identity/token")) {
            return Answer.json(200, JsonNodeFactory.instance.objectNode().put("access_token", "t"));
        } else if (request.path().endsWith("/reports/latest")) {
            return Answer.json(200, latest);
        }
        return Answer.json(200, request.path().endsWith("/controls") ? controls : evaluations);
    }
}
