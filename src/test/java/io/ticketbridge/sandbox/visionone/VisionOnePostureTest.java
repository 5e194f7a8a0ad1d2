package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.testing.HandClock;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisionOnePostureTest {
    private static final String CHECKS = "/beta/cloudPosture/checks";
    private static final String ALWAYS = "startDateTime=1970-01-01T00:00:00Z";

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock));

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Call call(String pathAndQuery) {
        return Call.to(simulator.url() + pathAndQuery).bearer(simulator.token());
    }

    private Call check(String id) {
        return call(CHECKS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("id").asText())
                .toList();
    }

    private List<String> all() {
        return simulator.cloudPosture().checks().stream()
                .map(SimulatedCheck::id)
                .toList();
    }

    @Test
    void answers_have_the_shape_of_the_samples() {
        JsonNode accounts = call("/beta/cloudPosture/accounts?top=50").get().json();
        JsonNode checks = call(CHECKS + "?top=50&" + ALWAYS).get().json();

        TreeSet<String> known =
                new TreeSet<>(Samples.shape(Samples.read("vision-one/cloud-posture-accounts-page-synthetic.json")));
        assertThat(known).containsAll(Samples.shape(accounts));
        known = new TreeSet<>(Samples.shape(Samples.read("vision-one/cloud-posture-checks-page-synthetic.json")));
        assertThat(known).containsAll(Samples.shape(checks));
    }

    @Test
    void the_same_seed_brings_the_same_failures_some_muted_and_some_not_scored() {
        try (VisionOneSimulator twin =
                VisionOneSimulator.start(Options.defaults().withClock(clock))) {
            assertThat(twin.cloudPosture().checks())
                    .isEqualTo(simulator.cloudPosture().checks());
        }
        assertThat(simulator.cloudPosture().open()).hasSizeGreaterThan(5);
        assertThat(simulator.cloudPosture().checks())
                .anyMatch(SimulatedCheck::isSuppressed)
                .anyMatch(check -> check.text("notScored").equals("true"))
                .anyMatch(check -> check.resource().startsWith("/subscriptions/"));
    }

    @Test
    void pages_are_offsets_and_links_name_the_vendors_host() {
        List<String> read = new ArrayList<>();
        String next = CHECKS + "?top=50&dateTimeTarget=createdDate&" + ALWAYS;
        while (next != null) {
            JsonNode page = call(next).get().json();
            read.addAll(ids(page));
            assertThat(page.path("count").asInt()).isEqualTo(page.path("items").size());
            URI link = page.has("nextLink") ? URI.create(page.get("nextLink").asText()) : null;
            if (link != null) {
                assertThat(link.getHost()).isEqualTo("api.xdr.trendmicro.com");
                assertThat(link.getQuery()).contains("skipToken=" + read.size(), "startDateTime", "createdDate");
            }
            next = link == null ? null : link.getRawPath() + "?" + link.getRawQuery();
        }
        assertThat(read).isEqualTo(all()).hasSizeGreaterThan(60);
        simulator.cloudPosture().countIsTotal(true);
        assertThat(call(CHECKS + "?" + ALWAYS).get().json().path("count").asInt())
                .isEqualTo(read.size());
    }

    @Test
    void links_may_drop_the_dates_and_then_only_the_last_day_is_left() {
        simulator.close();
        simulator =
                VisionOneSimulator.start(Options.defaults().withClock(clock).withNextLinks(NextLinks.DROPPED_DATES));

        URI link = URI.create(
                call(CHECKS + "?" + ALWAYS).get().json().get("nextLink").asText());

        assertThat(link.getQuery()).isEqualTo("top=50&skipToken=50");
        assertThat(ids(call(link.getPath() + "?" + link.getQuery()).get().json()))
                .isEmpty();
    }

    @Test
    void a_query_yields_no_more_than_its_limit_and_says_nothing_of_it() {
        simulator.cloudPosture().queryLimit(60);

        JsonNode page = call(CHECKS + "?top=200&" + ALWAYS).get().json();

        assertThat(page.path("items")).hasSize(60);
        assertThat(page.has("nextLink")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ruleId eq 'S3-001'",
                "ruleId eq 'S3-001' and not region eq 'us-east-1'",
                "(ruleId eq 'S3-001' or ruleId eq 'EC2-002') and suppressed eq false",
                "not (ruleId eq 'S3-001' or service eq 'EC2')",
                "contains(resource, '/vaults/')",
                "hassubset(compliances, ['AWAF','PCI-V4'])",
                "tags/any(tag: tag eq 'Environment::staging')",
            })
    void filters_of_the_documented_kinds_are_taken(String filter) {
        JsonNode page = call(CHECKS + "?top=200&" + ALWAYS)
                .header("TMV1-Filter", filter)
                .get()
                .json();

        assertThat(page.path("items").size()).isBetween(1, all().size() - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ruleId eq 'S3-001' or ruleId eq 'S3-016'",
                "(ruleId eq 'S3-001' and service eq 'S3')",
                "riskLevels eq 'HIGH'",
                "hassubset(compliances, 'AWAF')",
                "tags eq",
            })
    void or_outside_and_and_inside_parentheses_are_refused(String filter) {
        assertThat(call(CHECKS).header("TMV1-Filter", filter).get().status()).isEqualTo(400);
    }

    @Test
    void a_check_is_muted_and_heard_again_by_its_id_whatever_is_in_it() {
        String id = simulator.cloudPosture().checks().stream()
                .filter(check -> check.resource().startsWith("/"))
                .findFirst()
                .orElseThrow()
                .id();
        simulator.cloudPosture().breakAgain(id);
        JsonNode body = Samples.read("vision-one/cloud-posture-check-patch-request-synthetic.json");

        assertThat(check(id)
                        .send("PATCH", body.toString().replace("2026-06-30", "2026-11-03"))
                        .status())
                .isEqualTo(204);
        assertThat(check(id).get().json().path("suppressed").asBoolean()).isTrue();
        assertThat(check(id).get().json().path("note").asText()).startsWith("Suppressed for");

        clock.advance(Duration.ofDays(2));
        assertThat(check(id).get().json().path("suppressed").asBoolean()).isFalse();

        assertThat(check(id).send("PATCH", "{\"suppressed\": true}").status()).isEqualTo(204);
        clock.advance(Duration.ofDays(900));
        assertThat(check(id).get().json().path("suppressed").asBoolean()).isTrue();
        assertThat(check(id).send("PATCH", "{\"suppressed\": false}").status()).isEqualTo(204);
        assertThat(simulator.cloudPosture().check(id).isOpen()).isTrue();
    }

    @Test
    void what_may_not_be_done_is_refused() {
        SimulatedCheck notScored = simulator.cloudPosture().checks().stream()
                .filter(check -> check.text("notScored").equals("true"))
                .findFirst()
                .orElseThrow();
        String mute = "{\"suppressed\": true}";

        assertThat(check(notScored.id()).send("PATCH", mute).status()).isEqualTo(400);
        assertThat(check(all().get(0)).send("PATCH", "{}").status()).isEqualTo(400);
        assertThat(check("ccc:no:such:check:at:all").send("PATCH", mute).status())
                .isEqualTo(404);
        assertThat(Call.to(simulator.url() + CHECKS + "/" + URLEncoder.encode(all().get(0), StandardCharsets.UTF_8))
                        .bearer(simulator.readOnlyToken())
                        .send("PATCH", mute)
                        .status())
                .isEqualTo(403);
        assertThat(call(CHECKS + "?top=20").get().status()).isEqualTo(400);
        assertThat(call(CHECKS + "?dateTimeTarget=updatedDate").get().status()).isEqualTo(400);
        assertThat(call("/v3.0/cloudPosture/checks").get().status()).isEqualTo(404);
    }

    @Test
    void a_failure_that_becomes_a_success_stays_in_the_list() {
        SimulatedCheck open = simulator.cloudPosture().open().get(0);

        simulator.cloudPosture().fix(open.id());

        JsonNode fixed = check(open.id()).get().json();
        assertThat(fixed.path("status").asText()).isEqualTo("SUCCESS");
        assertThat(fixed.path("resolvedDateTime").asText()).isEqualTo("2026-11-02T10:00:00Z");
    }
}
