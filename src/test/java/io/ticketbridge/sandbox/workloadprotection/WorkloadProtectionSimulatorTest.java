package io.ticketbridge.sandbox.workloadprotection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.testing.HandClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadProtectionSimulatorTest {
    private static final String REQUIREMENTS = "/api/cspm/v1/compliance/requirements?pageSize=50";

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final WorkloadProtectionSimulator simulator = WorkloadProtectionSimulator.start(
            WorkloadProtectionOptions.defaults().withClock(clock));

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Call call(String path) {
        return Call.to(simulator.url() + path).bearer(simulator.token());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode firstFailing() {
        for (JsonNode requirement : call(REQUIREMENTS).get().json().path("data")) {
            for (JsonNode control : requirement.path("controls")) {
                if (control.path("objectsCount").asLong() > 0
                        && control.path("acceptedCount").asLong() > 0) {
                    return control;
                }
            }
        }
        throw new AssertionError("Nothing fails");
    }

    private JsonNode resources(JsonNode control, int page) {
        String[] endpoint = control.path("resourceApiEndpoint").asText().split("filter=");
        return call(endpoint[0] + "filter=" + encoded(endpoint[1]) + "&pageSize=50&pageNumber=" + page)
                .get()
                .json();
    }

    @Test
    void it_is_let_in_with_a_token_of_iam_s_and_the_instance_id_or_with_a_token_of_its_own() {
        String form =
                "grant_type=" + encoded("urn:ibm:params:oauth:grant-type:apikey") + "&apikey=" + simulator.apiKey();
        String token = Call.to(simulator.tokenUrl())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", form)
                .json()
                .get("access_token")
                .asText();
        Call ibm = Call.to(simulator.url() + REQUIREMENTS).bearer(token);

        assertThat(Call.to(simulator.url() + REQUIREMENTS).get().status()).isEqualTo(401);
        assertThat(ibm.get().status()).isEqualTo(403);
        assertThat(ibm.header("IBMInstanceID", simulator.instanceId()).get().status())
                .isEqualTo(200);
        assertThat(call(REQUIREMENTS).get().status()).isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertThat(ibm.get().status()).isEqualTo(401);
    }

    @Test
    void pages_begin_with_1_and_filters_narrow() {
        assertThat(call("/api/cspm/v1/compliance/requirements").get().json().path("data"))
                .hasSize(10);
        assertThat(call(REQUIREMENTS + "0").get().status()).isEqualTo(400);
        JsonNode all = call(REQUIREMENTS).get().json();
        JsonNode some = call(REQUIREMENTS + "&filter="
                        + encoded(
                                "pass = \"false\" and policy.name contains \"CIS IBM\" and zone.name in (\"Entire Infrastructure\")"))
                .get()
                .json();
        assertThat(all.path("totalCount").isTextual()).isTrue();
        assertThat(some.path("totalCount").asInt())
                .isPositive()
                .isLessThan(all.path("totalCount").asInt());
        assertThat(call(REQUIREMENTS + "&filter=nonsense").get().status()).isEqualTo(400);
    }

    @Test
    void the_counts_of_a_control_add_up_to_the_list_of_its_resources() {
        JsonNode control = firstFailing();
        JsonNode page = resources(control, 1);

        assertThat(page.path("totalCount").asLong())
                .isEqualTo(control.path("objectsCount").asLong()
                        + control.path("acceptedCount").asLong()
                        + control.path("passingCount").asLong());
        assertThat(page.path("data").size() + resources(control, 2).path("data").size())
                .isEqualTo(page.path("totalCount").asInt());
    }

    @Test
    void an_acceptance_that_has_expired_is_not_there_any_more() {
        Checked failing = simulator.failing().get(0);
        simulator.accept(
                failing.controlId(),
                failing.resource().hash(),
                Optional.of(clock.instant().plus(Duration.ofDays(1))));
        assertThat(simulator.accepted()).anyMatch(each -> each.resource().equals(failing.resource()));

        clock.advance(Duration.ofDays(2));

        assertThat(simulator.failing()).contains(failing);
    }

    @Test
    void its_pages_have_the_shape_of_recorded_ones() {
        Set<String> requirements =
                new HashSet<>(Samples.shape(call(REQUIREMENTS).get().json()));
        Set<String> resources = new HashSet<>(Samples.shape(resources(firstFailing(), 1)));

        assertThat(Samples.shape(Samples.read("compliance/sysdig-cspm-requirements.json")).stream()
                        .filter(path -> !path.contains("supportedDistributions") && !path.contains("SeverityCount")))
                .allMatch(requirements::contains);
        assertThat(Samples.shape(Samples.read("compliance/sysdig-cspm-resources.json")))
                .allMatch(resources::contains);
    }
}
