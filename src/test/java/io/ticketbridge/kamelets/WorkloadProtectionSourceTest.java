package io.ticketbridge.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.sandbox.http.Request;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadProtectionSourceTest {
    private static final String CIS = "policyId=15 and zones.id=z1";
    private static final String PCI = "policyId=20 and zones.id=z2";

    private final KameletWorld world = new KameletWorld();
    private final WorkloadProtectionApi api = new WorkloadProtectionApi()
            .requirement(requirement("CIS", "2.1.2 Buckets", control("16027", "Medium", CIS)))
            .requirement(requirement("PCI", "3.4", control("16027", "High", PCI)))
            .requirement(requirement(
                    "PCI", "9.9", control("700", "Low", "manual").replace("\"isManual\":false", "\"isManual\":true")))
            .resources(
                    CIS,
                    resource("h1", "acc", "eu", "\"passed\":false"),
                    resource("h2", "acc", "eu", "\"passed\":true"),
                    resource("h3", "acc", "eu", "\"passed\":false,\"acceptance\":{\"expiresAt\":\"0\"}"),
                    resource("h4", "acc", "eu", "\"passed\":false,\"acceptance\":{\"expiresAt\":\"1000000000000\"}"),
                    "{\"name\":\"no hash\",\"passed\":false}")
            .resources(
                    PCI,
                    resource("h1", "acc", "eu", "\"passed\":false"),
                    resource("h1", "other", "eu", "\"passed\":true"),
                    resource("h3", "acc", "eu", "\"passed\":false"))
            .resources("manual", resource("h9", "acc", "eu", "\"passed\":false"));

    @AfterEach
    void stop() {
        world.close();
        api.close();
    }

    @Test
    void each_control_is_one_array_with_each_resource_once_and_the_worst_that_is_said_of_it() {
        world.read(source(Map.of()));

        List<KameletWorld.Message> controls = world.await(2);

        assertThat(controls).hasSize(2).allMatch(each -> each.headers()
                .equals(Map.of("Content-Type", "application/json")));
        List<Finding> findings = ReadBack.findings(controls.subList(0, 1));
        assertThat(findings)
                .extracting(finding -> finding.resource().uid() + " " + finding.account() + " " + finding.result())
                .containsExactlyInAnyOrder("h1 acc FAIL", "h1 other PASS", "h2 acc PASS", "h3 acc FAIL", "h4 acc FAIL");
        assertThat(ReadBack.findings(controls.subList(1, 2)))
                .extracting(Finding::result)
                .containsExactly(Result.INCONCLUSIVE);
        assertThat(ReadBack.records(controls.get(0).body()).stream().filter(Unreadable.class::isInstance))
                .singleElement()
                .extracting(dead -> ((Unreadable) dead).raw())
                .asString()
                .contains("no hash");
    }

    @Test
    void a_finding_is_told_apart_as_by_the_built_in_source_and_says_what_it_serves() {
        world.read(source(Map.of()));

        Finding finding = ReadBack.findings(world.await(1)).stream()
                .filter(each ->
                        each.resource().uid().equals("h1") && each.account().equals("acc"))
                .findFirst()
                .orElseThrow();

        assertThat(finding.id())
                .isEqualTo(new Finding(
                                "workload-protection:" + WorkloadProtectionApi.INSTANCE,
                                "acc",
                                "eu",
                                "16027",
                                new Resource("h1", "", ""),
                                Result.FAIL,
                                Severity.HIGH,
                                "",
                                "",
                                "",
                                "",
                                "",
                                List.of(),
                                Instant.EPOCH,
                                Map.of(),
                                List.of())
                        .id());
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.title()).isEqualTo("S3 - Enabled ${body}");
        assertThat(finding.message()).isEqualTo("In zone Entire");
        assertThat(finding.observedAt()).isEqualTo(Instant.ofEpochMilli(1759578242516L));
        assertThat(finding.controls())
                .extracting(each -> each.framework() + "/" + each.id())
                .containsExactly("/16027", "CIS/2.1.2 Buckets", "PCI/3.4");
        assertThat(finding.controls().get(0)).isEqualTo(new Control("", "16027", "S3 - Enabled ${body}"));
    }

    @Test
    void an_accepted_risk_that_holds_everywhere_is_suppressed() {
        api.resources(PCI, resource("h3", "acc", "eu", "\"passed\":false,\"acceptance\":{\"reason\":\"Risk\"}"));
        world.read(source(Map.of()));

        assertThat(ReadBack.findings(world.await(1)))
                .filteredOn(finding -> finding.resource().uid().equals("h3"))
                .extracting(Finding::result)
                .containsExactly(Result.SUPPRESSED);
    }

    @Test
    void the_filter_and_the_addresses_of_lists_are_encoded() {
        world.read(source(Map.of("filter", "policy.name in (\"CIS & more\")")));
        world.await(2);

        List<Request> asked = api.requests.stream()
                .filter(request -> request.path().endsWith("/requirements"))
                .toList();
        assertThat(asked)
                .hasSize(2)
                .allMatch(request -> request.query("filter").orElse("").equals("policy.name in (\"CIS & more\")"));
        assertThat(api.requests.stream()
                        .filter(request -> request.path().endsWith("/resources"))
                        .map(Request::rawQuery))
                .contains("controlId=16027&filter=policyId%3D15%20and%20zones.id%3Dz1&pageSize=50&pageNumber=3");
    }

    @Test
    void an_address_that_leads_elsewhere_is_left_out_and_costs_only_itself() {
        api.requirement(requirement(
                "CIS", "8", control("1", "Low", CIS).replace("/api/cspm/v1/cloud/resources", "/api/../admin")));
        try (CapturedLog log = new CapturedLog()) {
            world.read(source(Map.of()));
            world.await(2);

            assertThat(log.lines(Level.WARN)).anyMatch(line -> line.contains("control=1: /api/../admin"));
        }
        assertThat(api.requests).noneMatch(request -> request.path().contains("admin"));
    }

    @Test
    void neither_key_nor_token_leaves_the_source() {
        world.read(source(Map.of()));

        KameletWorld.Message first = world.await(1).get(0);

        assertThat(first.toString())
                .doesNotContain(WorkloadProtectionApi.KEY)
                .doesNotContain(WorkloadProtectionApi.TOKEN);
    }

    @Test
    void what_iam_refuses_is_said_in_its_words_without_the_key() {
        try (CapturedLog log = new CapturedLog()) {
            world.read(source(Map.of("apiKey", "wr0ng-key")));

            await().atMost(KameletWorld.PATIENCE).until(() -> log.lines(Level.ERROR).stream()
                    .anyMatch(line -> line.contains("IBM IAM answered 400 Provided API key could not be found.")));
            assertThat(log.lines(Level.TRACE)).noneMatch(line -> line.contains("wr0ng-key"));
        }
    }

    private String source(Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "url",
                api.url(),
                "iamUrl",
                api.iamUrl(),
                "instanceId",
                WorkloadProtectionApi.INSTANCE,
                "apiKey",
                WorkloadProtectionApi.KEY,
                "period",
                "3600000"));
        properties.putAll(more);
        return KameletWorld.kamelet("ibm-workload-protection-source", properties);
    }

    private static String requirement(String policy, String name, String control) {
        return """
                {"name":"%s","policyName":"%s","severity":"Low","zone":{"id":"z"},"controls":[%s]}"""
                .formatted(name, policy, control);
    }

    private static String control(String id, String severity, String filter) {
        return """
                {"id":"%s","name":"S3 - Enabled ${body}","description":"About it","target":"AWS","severity":"%s","isManual":false,
                "resourceKind":"AWS_S3_BUCKET","resourceApiEndpoint":"/api/cspm/v1/cloud/resources?controlId=%s&filter=%s&pageSize=10"}"""
                .formatted(id, severity, id, filter);
    }

    private static String resource(String hash, String account, String location, String more) {
        return """
                {"name":"bucket-%s","hash":"%s","type":"S3 Bucket","account":"%s","location":"%s","globalId":"",
                "zones":[{"id":"z","name":"Entire"}],"lastSeenDate":"1759578242516","labelValues":["a:b"],%s}"""
                .formatted(hash, hash, account, location, more);
    }
}
