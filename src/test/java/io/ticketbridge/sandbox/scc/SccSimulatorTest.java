package io.ticketbridge.sandbox.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.testing.HandClock;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SccSimulatorTest {
    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final SccSimulator simulator =
            SccSimulator.start(SccOptions.defaults().withClock(clock));
    private final String token = token();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void iam_gives_a_token_for_the_key_and_says_when_it_ends() {
        JsonNode body = tokenCall(simulator.apiKey()).json();

        assertThat(body.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(body.get("expires_in").asInt()).isEqualTo(3600);
        assertThat(body.get("expiration").asLong()).isEqualTo(clock.instant().getEpochSecond() + 3600);
        Call.Response wrong = tokenCall("another key");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errorCode").asText()).isEqualTo("BXNIM0415E");
        assertThat(Call.to(simulator.tokenUrl()).send("POST", "{}").status()).isEqualTo(400);
    }

    @Test
    void a_token_is_refused_after_its_time_and_when_it_is_withdrawn() {
        assertThat(get("/reports").status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(60));
        Call.Response expired = get("/reports");
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.json().at("/errors/0/code").asText()).isEqualTo("unauthorized");
        String next = token();
        assertThat(get("/reports", next).status()).isEqualTo(200);
        simulator.expireTokens();
        assertThat(get("/reports", next).status()).isEqualTo(401);
    }

    @Test
    void errors_carry_the_callers_trace() {
        Call.Response missing = Call.to(simulator.baseUrl() + "/reports/none")
                .bearer(token)
                .header("X-Correlation-ID", "run-\"7\"")
                .get();

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().get("trace").asText()).isEqualTo("run-\"7\"");
        assertThat(missing.header("Transaction-Id")).isEqualTo("run-\"7\"");
        assertThat(missing.json().at("/errors/0/message").asText()).contains("not found");
    }

    @Test
    void two_scopes_have_thousands_of_evaluations_over_a_few_dozen_controls() {
        JsonNode latest = get("/reports/latest").json();

        assertThat(latest.get("reports")).hasSize(2);
        assertThat(texts(latest.get("reports"), "group_id")).isEqualTo(simulator.groupIds());
        assertThat(latest.at("/evaluations_summary/total_count").asInt()).isBetween(2_000, 5_000);
        JsonNode controls =
                get("/reports/" + report().id() + "/controls").json().get("controls");
        assertThat(controls).hasSizeBetween(24, 48);
        assertThat(texts(controls, "status")).contains("compliant", "not_compliant");
    }

    @Test
    void pages_add_up_to_the_report_and_the_last_has_no_next() {
        List<JsonNode> all = walk(report().id(), 100);

        assertThat(all).hasSize(report().evaluations().size());
        assertThat(all.stream().map(SccSimulatorTest::identity).distinct()).hasSize(all.size());
        assertThat(all.stream().map(seen -> seen.get("status").asText()).distinct())
                .containsExactlyInAnyOrder("pass", "failure", "error", "skipped");
        assertThat(all).allSatisfy(seen -> assertThat(seen.get("evaluate_time").asText())
                .matches("2026-11-02T09:5\\d:\\d\\d\\.\\d{9}Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=101", "limit=0", "limit=x", "start=!!", "start=bm90aGluZw=="})
    void parameters_out_of_range_get_400(String query) {
        Call.Response answer = get("/reports/" + report().id() + "/evaluations?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo("bad_request");
    }

    @Test
    void filters_narrow_evaluations_and_reports() {
        JsonNode failures = get("/reports/" + report().id() + "/evaluations?limit=100&status=failure")
                .json();
        assertThat(failures.get("total_count").asLong()).isEqualTo(report().count(EvaluationStatus.FAILURE));
        assertThat(texts(failures.get("evaluations"), "status")).containsOnly("failure");
        simulator.nextScan();
        String group = simulator.groupIds().get(1);
        JsonNode reports = get("/reports?group_id=" + group).json().get("reports");
        assertThat(texts(reports, "group_id")).containsExactly(group, group);
        assertThat(texts(reports, "created_on")).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void evaluations_join_several_controls_one_or_none_by_component_and_assessment() {
        Map<String, Set<String>> controls = new HashMap<>();
        get("/reports/" + report().id() + "/controls").json().get("controls").forEach(control -> control.get(
                        "control_specifications")
                .forEach(specification -> specification
                        .get("assessments")
                        .forEach(assessment -> controls.computeIfAbsent(
                                        specification.get("component_id").asText() + "/"
                                                + assessment
                                                        .get("assessment_id")
                                                        .asText(),
                                        key -> new TreeSet<>())
                                .add(control.get("id").asText()))));
        Set<Integer> sizes = new TreeSet<>();
        for (SccEvaluation seen : report().evaluations()) {
            Set<String> joined = controls.getOrDefault(seen.componentId() + "/" + seen.assessmentId(), Set.of());
            assertThat(simulator.controlsOf(seen)).containsExactlyInAnyOrderElementsOf(joined);
            sizes.add(joined.size());
        }

        assertThat(sizes).contains(0, 1, 2, 3);
        Set<String> names =
                controls.keySet().stream().map(key -> key.split("/")[1]).collect(Collectors.toSet());
        assertThat(report().evaluations())
                .as("an assessment that is known, under a component that is not")
                .anyMatch(seen -> simulator.controlsOf(seen).isEmpty() && names.contains(seen.assessmentId()));
        assertThat(walk(report().id(), 100)).noneMatch(seen -> seen.has("control_id"));
    }

    @Test
    void figures_agree_with_the_evaluations() {
        JsonNode report = get("/reports/" + report().id()).json();
        JsonNode summary = get("/reports/" + report().id() + "/summary").json();

        assertThat(report.at("/evaluations_summary/failure_count").asLong())
                .isEqualTo(report().count(EvaluationStatus.FAILURE));
        assertThat(summary.get("evaluations")).isEqualTo(report.get("evaluations_summary"));
        assertThat(report.at("/controls_summary/not_compliant_controls"))
                .hasSize(report.at("/controls_summary/not_compliant_count").asInt());
        assertThat(summary.at("/resources/top_failed")).hasSize(10);
    }

    @Test
    void bodies_have_the_shape_of_the_samples() {
        String path = "/reports/" + report().id();
        assertShape(
                "scc-evaluations-page.json",
                get(path + "/evaluations?limit=100").json());
        assertShape("scc-report-controls.json", get(path + "/controls").json());
        assertShape("scc-report-summary.json", get(path + "/summary").json());
        assertShape("scc-reports-page.json", get("/reports?limit=1").json());
        assertShape("scc-reports-latest.json", get("/reports/latest").json());
    }

    @Test
    void reports_stay_as_they_were_while_the_next_scan_sees_the_fix() {
        SccReport before = report();
        SccEvaluation failure = failing(before).get(0);
        simulator.fix(failure.assessmentId(), failure.targetId());
        clock.advance(Duration.ofDays(1));

        SccReport after = simulator.nextScan().get(0);

        assertThat(failing(before)).contains(failure);
        assertThat(failing(after))
                .doesNotContain(failure)
                .hasSize(failing(before).size() - 1);
        assertThat(after.createdAt()).isEqualTo(Instant.parse("2026-11-03T10:00:00Z"));
        simulator.breakAgain(failure.assessmentId(), failure.targetId());
        assertThat(failing(simulator.nextScan(before.groupId()))).contains(failure);
        assertThatThrownBy(() -> simulator.fix(failure.assessmentId(), "crn:none"))
                .hasMessageContaining("crn:none");
    }

    @Test
    void a_replaced_resource_is_gone_and_never_passes() {
        SccEvaluation failure = failing(report()).get(0);

        String successor = simulator.replaceResource(failure.assessmentId(), failure.targetId());

        List<JsonNode> seen = walk(simulator.nextScan().get(0).id(), 100);
        assertThat(seen).noneMatch(one -> one.at("/target/id").asText().equals(failure.targetId()));
        assertThat(seen)
                .filteredOn(one -> one.at("/target/id").asText().equals(successor))
                .filteredOn(one -> one.at("/assessment/assessment_id").asText().equals(failure.assessmentId()))
                .extracting(one -> one.get("status").asText())
                .containsExactly("pass");
    }

    @Test
    void the_scopes_share_some_resources() {
        Map<String, Set<String>> groups = new HashMap<>();
        simulator.evaluations().forEach(seen -> groups.computeIfAbsent(seen.targetId(), id -> new HashSet<>())
                .add(seen.groupId()));

        assertThat(groups.values()).filteredOn(seen -> seen.size() == 2).hasSize(20);
    }

    @Test
    void a_page_may_fail_and_the_report_may_disappear_between_two_pages() {
        String path = "/reports/" + report().id() + "/evaluations?limit=100";
        String next =
                path + "&start=" + encoded(get(path).json().at("/next/start").asText());
        simulator.faults().nextMatching(1, SccFaults.laterPages(), SccFaults.serverError(500));
        simulator.faults().nextMatching(1, SccFaults.laterPages(), SccFaults.upstreamTerminated());

        assertThat(get(path).status()).isEqualTo(200);
        assertThat(get(next).status()).isEqualTo(500);
        Call.Response terminated = get(next);
        assertThat(terminated.status()).isEqualTo(503);
        assertThat(terminated.header("Content-Type")).isEqualTo("text/plain");
        assertThat(terminated.text()).startsWith("upstream connect error");
        assertThat(get(next).status()).isEqualTo(200);
        simulator.deleteReport(report().id());
        assertThat(get(next).status()).isEqualTo(404);
    }

    @Test
    void a_report_may_be_empty_or_all_errors() {
        String group = simulator.groupIds().get(0);

        SccReport empty = simulator.emptyScan(group);
        assertThat(get("/reports/" + empty.id() + "/evaluations")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
        assertThat(get("/reports/" + empty.id())
                        .json()
                        .at("/evaluations_summary/status")
                        .asText())
                .isEqualTo("not_applicable");
        SccReport failed = simulator.failedScan(group);
        assertThat(failed.count(EvaluationStatus.ERROR))
                .isEqualTo(failed.evaluations().size());
        assertThat(texts(get("/reports/latest").json().get("reports"), "id")).contains(failed.id());
    }

    @Test
    void a_report_may_be_empty_or_end_half_way_and_a_page_token_may_expire() {
        String path = "/reports/" + report().id() + "/evaluations?limit=100";
        JsonNode whole = get(path).json();
        simulator.faults().next(1, any -> true, SccFaults.emptyReport());
        JsonNode empty = get(path).json();
        assertThat(empty.get("evaluations")).isEmpty();
        assertThat(empty.has("next")).isFalse();
        simulator.faults().next(1, any -> true, SccFaults.halfReport());
        JsonNode half = get(path).json();
        assertThat(half.get("evaluations")).hasSize(50);
        assertThat(half.get("total_count")).isEqualTo(whole.get("total_count"));
        assertThat(half.has("next")).isFalse();
        String next = path + "&start=" + encoded(whole.at("/next/start").asText());
        simulator.faults().next(1, any -> true, SccFaults.pageTokenExpired());
        assertThat(get(next).status()).isEqualTo(400);
        assertThat(get(next).status()).isEqualTo(200);
    }

    @Test
    void a_rate_limit_says_how_long_to_wait() {
        simulator.faults().always(path -> path.contains("/v3/"), SccFaults.rateLimit(clock, 1, true));

        assertThat(get("/reports").status()).isEqualTo(200);
        Call.Response refused = get("/reports");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
    }

    @Test
    void an_answer_may_be_cut() {
        simulator.faults().next(1, path -> true, HttpFault.cutHalfWay());

        assertThatThrownBy(() -> get("/reports")).isInstanceOf(UncheckedIOException.class);
        assertThat(simulator.requests().countWrites()).isEqualTo(1);
    }

    @Test
    void the_same_seed_gives_the_same_evaluations() {
        try (SccSimulator twin = SccSimulator.start(SccOptions.defaults().withClock(clock));
                SccSimulator other = SccSimulator.start(
                        SccOptions.defaults().withClock(clock).withSeed(2))) {
            assertThat(twin.reports()).isEqualTo(simulator.reports());
            assertThat(other.evaluations()).isNotEqualTo(simulator.evaluations());
        }
    }

    private SccReport report() {
        return simulator.reports().get(simulator.reports().size() - 1);
    }

    private List<JsonNode> walk(String reportId, int limit) {
        List<JsonNode> all = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        String start = "";
        do {
            assertThat(visited.add(start)).as("a page links to one before it").isTrue();
            JsonNode page = get("/reports/" + reportId + "/evaluations?limit=" + limit
                            + (start.isEmpty() ? "" : "&start=" + encoded(start)))
                    .json();
            page.get("evaluations").forEach(all::add);
            start = page.at("/next/start").asText();
        } while (!start.isEmpty());
        return all;
    }

    /** Our paths are all in the sample, whatever their types: it holds placeholders such as "anyValue". */
    private static void assertShape(String file, JsonNode body) {
        Set<String> ours = names(body);
        assertThat(names(Samples.read("compliance/" + file))).containsAll(ours);
    }

    private static Set<String> names(JsonNode body) {
        return Samples.shape(body).stream()
                .map(path -> path.substring(0, path.lastIndexOf(':')))
                .filter(path -> !path.contains("parameter_value[]") && !path.contains("_value[]"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<SccEvaluation> failing(SccReport report) {
        return report.evaluations().stream()
                .filter(seen -> seen.status() == EvaluationStatus.FAILURE)
                .toList();
    }

    private static String identity(JsonNode seen) {
        return seen.get("component_id").asText()
                + seen.at("/assessment/assessment_id").asText()
                + seen.at("/target/id").asText();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.get(field).asText())
                .toList();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Call.Response get(String rest) {
        return get(rest, token);
    }

    private Call.Response get(String rest, String bearer) {
        return Call.to(simulator.baseUrl() + rest).bearer(bearer).get();
    }

    private String token() {
        return tokenCall(simulator.apiKey()).json().get("access_token").asText();
    }

    private Call.Response tokenCall(String apiKey) {
        return Call.to(simulator.tokenUrl())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        "grant_type=" + encoded("urn:ibm:params:oauth:grant-type:apikey") + "&apikey=" + encoded(apiKey)
                                + "&response_type=cloud_iam");
    }
}
