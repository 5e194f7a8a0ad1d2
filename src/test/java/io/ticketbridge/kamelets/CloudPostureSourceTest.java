package io.ticketbridge.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudPostureSourceTest {
    private static final String ONE = "11111111-aaaa-4bbb-8ccc-000000000001";
    private static final String TWO = "11111111-aaaa-4bbb-8ccc-000000000002";

    private final KameletWorld world = new KameletWorld();
    private final PostureApi api = new PostureApi()
            .account(
                    ONE,
                    "prod",
                    "111122223333",
                    check("S3-001", "S3", "eu-west-1", "a:b/c", "\"status\":\"FAILURE\",\"riskLevel\":\"VERY_HIGH\""),
                    check("S3-001", "S3", "eu-west-1", "good", "\"status\":\"SUCCESS\",\"riskLevel\":\"EXTREME\""),
                    check("EC2-9", "EC2", "global", "muted", "\"status\":\"FAILURE\",\"suppressed\":true"),
                    check("EC2-9", "EC2", "global", "informs", "\"status\":\"FAILURE\",\"notScored\":true"),
                    check("EC2-9", "EC2", "global", "ignored", "\"status\":\"SUCCESS\",\"ignored\":true"))
            .account(TWO, "Größe \\\"${body}\\\"", "", "{\"id\":\"nonsense\",\"status\":\"FAILURE\"}", "\"text\"");

    @AfterEach
    void stop() {
        world.close();
        api.close();
    }

    @Test
    void each_page_of_each_account_is_one_array_of_findings_with_the_identity_of_the_built_in_source() {
        world.read(source(Map.of()));

        List<KameletWorld.Message> pages = world.await(4);

        assertThat(pages).hasSize(4).allMatch(page -> page.headers()
                .equals(Map.of("Content-Type", "application/json")));
        List<Finding> findings = ReadBack.findings(pages);
        assertThat(findings)
                .extracting(Finding::result)
                .containsExactly(Result.FAIL, Result.PASS, Result.SUPPRESSED, Result.INCONCLUSIVE, Result.INCONCLUSIVE);
        Finding failing = findings.get(0);
        assertThat(failing.id())
                .isEqualTo(builtIn(ONE, "eu-west-1", "S3-001", "S3:eu-west-1:a:b/c")
                        .id());
        assertThat(failing.severity()).isEqualTo(Severity.HIGH);
        assertThat(failing.title()).isEqualTo("Rule S3-001");
        assertThat(failing.message()).isEqualTo("It is so (prod, 111122223333)");
        assertThat(failing.url()).isEqualTo("https://example.com/S3-001");
        assertThat(failing.resource()).isEqualTo(new Resource("S3:eu-west-1:a:b/c", "a:b/c", "S3"));
        assertThat(failing.observedAt()).isEqualTo(Instant.parse("2026-11-01T10:00:00.123Z"));
        assertThat(failing.attributes())
                .containsEntry("standards", "CIS, NIST5")
                .containsEntry("accountName", "prod");
        assertThat(findings.get(1).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void what_can_not_be_told_apart_becomes_a_dead_record_with_its_text() {
        world.read(source(Map.of()));

        List<SourceRecord> last = ReadBack.records(world.await(4).get(3).body());

        assertThat(last).hasSize(2).allMatch(Unreadable.class::isInstance);
        assertThat(((Unreadable) last.get(0)).raw()).contains("nonsense");
        assertThat(((Unreadable) last.get(1)).raw()).contains("text");
    }

    @Test
    void dates_filter_and_links_are_those_that_read_all() {
        world.read(source(Map.of("filter", "riskLevel eq 'HIGH'")));
        world.await(4);

        List<Request> lists = api.requests.stream()
                .filter(request -> request.path().equals("/beta/cloudPosture/checks"))
                .toList();
        assertThat(lists)
                .hasSize(4)
                .allMatch(request -> request.query("startDateTime").orElse("").equals("1970-01-01T00:00:00Z"))
                .allMatch(request -> request.query("dateTimeTarget").orElse("").equals("createdDate"))
                .allMatch(request -> request.header("TMV1-Filter").orElse("").endsWith("' and riskLevel eq 'HIGH'"));
        assertThat(lists.get(1).query("skipToken")).contains("offset 2");
    }

    @Test
    void another_name_of_the_instance_is_another_identity() {
        world.read(source(Map.of("instance", "eu")));

        assertThat(ReadBack.findings(world.await(1)).get(0).scope()).isEqualTo("cloud-posture:eu/" + ONE);
    }

    @Test
    void the_sink_takes_what_the_source_sends() {
        List<Request> taken = new CopyOnWriteArrayList<>();
        try (SimulatorServer ticketbridge = SimulatorServer.start("ticketbridge", 0, Clock.systemUTC(), request -> {
            taken.add(request);
            return Answer.text(202, "application/json", "{\"id\":\"1\"}");
        })) {
            world.send(
                    KameletWorld.kamelet(
                            "ticketbridge-sink",
                            Map.of("url", ticketbridge.url(), "flow", "cloud", "token", "t0ken-of-ticketbridge")),
                    source(Map.of()));

            await().atMost(KameletWorld.PATIENCE).until(() -> taken.size() == 4);
        }
        assertThat(taken)
                .allMatch(request -> request.header("Authorization").orElse("").equals("Bearer t0ken-of-ticketbridge"))
                .allMatch(request -> request.header("TMV1-Filter").isEmpty());
        assertThat(ReadBack.records(taken.get(0).text())).hasSize(2);
    }

    @Test
    void what_vision_one_refuses_is_said_in_its_words_without_the_key() {
        try (CapturedLog log = new CapturedLog()) {
            world.read(source(Map.of("token", "wr0ng-key")));

            await().atMost(KameletWorld.PATIENCE).until(() -> log.lines(Level.ERROR).stream()
                    .anyMatch(line -> line.contains("Vision One answered 401 Bad key")));
            assertThat(log.lines(Level.TRACE)).noneMatch(line -> line.contains("wr0ng-key"));
        }
        assertThat(world.received()).isEmpty();
    }

    private String source(Map<String, String> more) {
        Map<String, String> properties =
                new LinkedHashMap<>(Map.of("url", api.url(), "token", PostureApi.TOKEN, "period", "3600000"));
        properties.putAll(more);
        return KameletWorld.kamelet("trend-vision-one-cloud-posture-source", properties);
    }

    /** What the built-in source tells findings apart by. */
    private static Finding builtIn(String account, String region, String rule, String resource) {
        return new Finding(
                "cloud-posture:default/" + account,
                account,
                region,
                rule,
                new Resource(resource, "", ""),
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
                List.of());
    }

    private static String check(String rule, String service, String region, String resource, String more) {
        return """
                {"id":"ccc:%s:%s:%s:%s:%s","accountId":"%s","ruleId":"%s","ruleTitle":"Rule %s","description":"It is so",
                "provider":"aws","categories":["security"],"compliances":["NIST5","CIS"],"tags":["Owner::a::b"],
                "resolutionPageUrl":"https://example.com/%s","createdDateTime":"2026-10-01T10:00:00Z",
                "updatedDateTime":"2026-11-01T10:00:00.123Z",%s}"""
                .formatted(ONE, rule, service, region, resource, ONE, rule, rule, rule, more);
    }
}
