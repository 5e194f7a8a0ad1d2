package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.testing.HandClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisionOneCasesTest {
    private static final String CASES = "/v3.0/caseManagement/cases";

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_dozen_cases_come_in_all_three_states() {
        JsonNode page = call(CASES).get().json();

        assertThat(page.get("totalCount").asInt()).isEqualTo(12);
        assertThat(page.get("count").asInt()).isEqualTo(12);
        assertThat(page.has("nextLink")).isFalse();
        assertThat(texts(page, "status")).contains("Open", "In-progress", "Closed");
        assertThat(texts(page, "createdDateTime")).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(texts(page, "id")).allMatch(id -> id.matches("CL-00005-\\d{8}-\\d{5}"));
    }

    @Test
    void the_same_seed_gives_the_same_cases() {
        try (VisionOneSimulator twin =
                VisionOneSimulator.start(Options.defaults().withClock(clock))) {
            assertThat(twin.cases()).isEqualTo(simulator.cases());
        }
        try (VisionOneSimulator other =
                VisionOneSimulator.start(Options.defaults().withClock(clock).withSeed(2))) {
            assertThat(other.cases()).isNotEqualTo(simulator.cases());
        }
    }

    @Test
    void fields_are_those_of_the_sample() {
        Set<String> known = new TreeSet<>(
                Samples.shape(Samples.read("vision-one/case-list-page-synthetic.json"), ".items[].nothing"));
        known.addAll(Samples.shape(Samples.read("vision-one/case-list-last-page-synthetic.json")));

        assertThat(known).containsAll(Samples.shape(call(CASES).get().json()));
        String id = simulator.cases().get(3).id();
        assertThat(Samples.shape(Samples.read("vision-one/case-contents-page-synthetic.json")))
                .containsAll(
                        Samples.shape(call(CASES + "/" + id + "/contents").get().json()));
    }

    @Test
    void pages_link_to_the_vendors_host_and_lose_nothing() {
        restart(Options.defaults().withClock(clock).withCases(25));

        List<String> ids = walk(CASES + "?top=10&startDateTime=2026-01-01T00:00:00Z", 3);

        assertThat(ids).hasSize(25).doesNotHaveDuplicates();
        assertThat(call(CASES + "?top=10").get().json().get("nextLink").asText())
                .startsWith("https://api.xdr.trendmicro.com/v3.0/caseManagement/cases?skipToken=");
    }

    @Test
    void links_may_hold_raw_spaces_or_drop_the_dates() {
        restart(Options.defaults().withClock(clock).withCases(25).withNextLinks(NextLinks.RAW_SPACES));
        assertThat(call(CASES + "?top=10").get().json().get("nextLink").asText())
                .endsWith("&orderBy=createdDateTime desc");

        restart(Options.defaults().withClock(clock).withCases(25).withNextLinks(NextLinks.DROPPED_DATES));
        String window = "?top=10&startDateTime=2026-10-01T00:00:00Z";
        int inWindow = call(CASES + window).get().json().get("totalCount").asInt();
        String next = local(call(CASES + window).get().json().get("nextLink").asText());
        assertThat(inWindow).isBetween(11, 24);
        assertThat(call(next).get().json().get("totalCount").asInt()).isEqualTo(25);
        assertThat(call(next + "&startDateTime=2026-10-01T00:00:00Z")
                        .get()
                        .json()
                        .get("totalCount")
                        .asInt())
                .isEqualTo(inWindow);
    }

    @Test
    void both_ends_of_the_window_belong_to_it() {
        clock.advance(Duration.ofMinutes(1));
        String id = simulator.addCase("New", "P1").id();
        clock.advance(Duration.ofMinutes(1));
        simulator.addNote(id, "Amy Analyst", "Seen.");

        assertThat(count("?startDateTime=2026-11-02T10:01:00Z")).isEqualTo(1);
        assertThat(count("?startDateTime=2026-11-02T10:01:01Z")).isZero();
        assertThat(count("?startDateTime=2026-11-02T10:01:00Z&endDateTime=2026-11-02T10:01:00Z"))
                .isEqualTo(1);
        assertThat(count("?startDateTime=2026-11-02T10:02:00Z&dateTimeTarget=updatedDateTime"))
                .isEqualTo(1);
        assertThat(count("?endDateTime=2026-11-02T10:01:59Z&dateTimeTarget=updatedDateTime"))
                .isEqualTo(12);
    }

    @Test
    void the_filter_is_applied_to_the_page_that_carries_it() {
        Call.Response closed =
                call(CASES).header("TMV1-Filter", "status eq 'Closed'").get();

        assertThat(texts(closed.json(), "status")).isNotEmpty().containsOnly("Closed");
        assertThat(call(CASES).header("TMV1-Filter", "name eq 'x'").get().status())
                .isEqualTo(400);
        assertThat(call(CASES)
                        .header("TMV1-Filter", "status eq '" + "x".repeat(260) + "'")
                        .get()
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?top=20",
                "?top=x",
                "?startDateTime=yesterday",
                "?dateTimeTarget=closedDateTime",
                "?orderBy=updatedDateTime",
                "?orderBy=priority%20up",
                "?skipToken=!"
            })
    void parameters_out_of_range_get_400(String query) {
        Call.Response answer = call(CASES + query).get();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("BadRequest");
    }

    @Test
    void orders_by_priority_then_by_time() {
        JsonNode page =
                call(CASES + "?orderBy=priority%20asc,createdDateTime").get().json();

        assertThat(texts(page, "priority")).isSorted();
    }

    @Test
    void error_bodies_are_those_of_the_documents() {
        JsonNode samples = Samples.read("vision-one/errors.json");
        String id = simulator.cases().get(0).id();

        Call.Response noToken = Call.to(simulator.url() + CASES).get();
        assertThat(noToken.status()).isEqualTo(401);
        assertThat(noToken.json()).isEqualTo(sample(samples, 401, "any"));
        Call.Response denied = Call.to(simulator.url() + CASES + "/" + id)
                .bearer(simulator.readOnlyToken())
                .send("PATCH", "{}");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json()).isEqualTo(sample(samples, 403, "caseManagement"));
        Call.Response missing = call(CASES + "/CL-00005-20260101-99999").get();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json()).isEqualTo(sample(samples, 404, "caseManagement"));
        Call.Response stale = call(CASES + "/" + id).header("If-Match", "0").send("PATCH", "{\"priority\":\"P0\"}");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json()).isEqualTo(sample(samples, 412, "caseManagement"));
        Call.Response elsewhere = call("/v3.0/nothing").get();
        assertThat(elsewhere.json()).isEqualTo(sample(samples, 404, "any"));
        simulator.faults().next(1, path -> true, VisionOneFaults.serverError(500));
        assertThat(call(CASES).get().json()).isEqualTo(sample(samples, 500, "caseManagement"));
        JsonNode bad = call(CASES + "?top=3").get().json();
        assertThat(bad.at("/error/message").asText())
                .isEqualTo(sample(samples, 400, "caseManagement")
                        .at("/error/message")
                        .asText());
        assertThat(bad.at("/error/innererror/code").asText()).isNotEmpty();
    }

    @Test
    void connectivity_checks_the_key() {
        assertThat(call("/v3.0/healthcheck/connectivity").get().text()).isEqualTo("{\"status\":\"available\"}");
        assertThat(Call.to(simulator.url() + "/v3.0/healthcheck/connectivity")
                        .bearer("other")
                        .get()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_patch_needs_the_latest_etag_and_gives_a_new_one() {
        String path = CASES + "/" + simulator.addCase("New", "P2").id();
        Call.Response before = call(path).get();
        String etag = before.header("ETag");
        clock.advance(Duration.ofSeconds(5));

        assertThat(etag).matches("[0-9a-f]{40}");
        assertThat(call(path)
                        .header("If-Match", etag)
                        .send("PATCH", "{\"priority\":\"P1\"}")
                        .status())
                .isEqualTo(204);
        assertThat(call(path)
                        .header("If-Match", etag)
                        .send("PATCH", "{\"priority\":\"P2\"}")
                        .status())
                .isEqualTo(412);
        Call.Response after = call(path).get();
        assertThat(after.header("ETag")).isNotEqualTo(etag);
        assertThat(after.json().get("priority").asText()).isEqualTo("P1");
        assertThat(after.json().get("updatedDateTime").asText()).isEqualTo("2026-11-02T10:00:05Z");
        assertThat(call(path)
                        .header("If-Match", "\"" + after.header("ETag") + "\"")
                        .send("PATCH", "{\"priority\":\"P0\"}")
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"owners\":[]}",
                "{\"priority\":\"P4\"}",
                "{\"status\":\"closed\"}",
                "{\"name\":7}",
                "{\"findings\":\"True Positive\"}",
                "[]",
                "{"
            })
    void a_patch_outside_the_schema_gets_400_and_changes_nothing(String body) {
        SimulatedCase before = simulator.cases().get(0);

        assertThat(call(CASES + "/" + before.id()).send("PATCH", body).status()).isEqualTo(400);
        assertThat(simulator.caseById(before.id())).contains(before);
    }

    @Test
    void closing_sets_the_time_and_reopening_removes_it() {
        String id = simulator.addCase("New", "P2").id();

        call(CASES + "/" + id).send("PATCH", "{\"status\":\"Closed\",\"findings\":\"FalsePositive\"}");
        assertThat(simulator.caseById(id).orElseThrow().closedAt()).contains(clock.instant());
        call(CASES + "/" + id).send("PATCH", "{\"status\":\"In-progress\"}");
        assertThat(simulator.caseById(id).orElseThrow().closedAt()).isEmpty();
        call(CASES + "/" + id).send("PATCH", "{\"status\":\"Deleted\"}");
        assertThat(simulator.caseById(id).orElseThrow().status()).isEqualTo("In-progress");
    }

    @Test
    void closing_a_workbench_case_may_need_findings() {
        restart(Options.defaults().withClock(clock).withFindingsRequiredToClose());
        String path = CASES
                + "/"
                + simulator.addCase(Map.of("name", "New", "type", "Workbench")).id();

        assertThat(call(path).send("PATCH", "{\"status\":\"Closed\"}").status()).isEqualTo(400);
        assertThat(call(path)
                        .send("PATCH", "{\"status\":\"Closed\",\"findings\":\"TruePositive\"}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_case_is_created_once_per_ticket() {
        String body = "{\"name\":\"From a ticket\",\"priority\":\"P1\",\"status\":\"Open\","
                + "\"externalTicketAlias\":\"INC1\",\"externalTicketId\":\"732e224f\"}";

        Call.Response created = call(CASES).send("POST", body);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).isEmpty();
        String id = created.header("Location").replaceAll(".*/", "");
        assertThat(simulator.caseById(id).orElseThrow().type()).isEqualTo("TPIServiceNow");
        assertThat(simulator.caseById(id).orElseThrow().text("externalTicketAlias"))
                .isEmpty();
        assertThat(call(CASES).send("POST", body).status()).isEqualTo(400);
        assertThat(call(CASES)
                        .send("POST", "{\"name\":\"x\",\"priority\":\"P1\",\"status\":\"Open\"}")
                        .status())
                .isEqualTo(400);
        assertThat(call(CASES)
                        .send(
                                "POST",
                                "{\"name\":\"x\",\"priority\":\"P1\",\"status\":\"Open\",\"type\":\"General\","
                                        + "\"owners\":[\"" + People.id("Ted Mosby") + "\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void idle_cases_close_after_sixty_days_with_their_findings_unchanged() {
        String touched = simulator.addCase("Touched", "P2").id();
        String idle = simulator.addCase("Idle", "P2").id();
        clock.advance(Duration.ofDays(59));
        simulator.addNote(touched, "Amy Analyst", "Still waiting.");
        clock.advance(Duration.ofDays(1));

        assertThat(simulator.closeIdle()).contains(idle).doesNotContain(touched);
        assertThat(simulator.caseById(idle).orElseThrow().findings()).isEqualTo("NoFindings");
        assertThat(simulator.caseById(idle).orElseThrow().closedAt()).contains(clock.instant());
    }

    @Test
    void requests_are_logged_with_what_was_answered() {
        String id = simulator.cases().get(0).id();
        call(CASES).header("TMV1-Filter", "status eq 'Open'").get();
        call(CASES + "/" + id).send("PATCH", "{\"priority\":\"P0\"}");
        Call.to(simulator.url() + CASES).get();

        assertThat(simulator.requests().all())
                .extracting(Object::toString)
                .containsExactly(
                        "1 GET " + CASES + " -> 200",
                        "2 PATCH " + CASES + "/" + id + " -> 204",
                        "3 GET " + CASES + " -> 401");
        assertThat(simulator.requests().all().get(0).headers()).containsEntry("tmv1-filter", "status eq 'Open'");
        assertThat(simulator.requests().all().get(1).text()).isEqualTo("{\"priority\":\"P0\"}");
        assertThat(simulator.requests().countWrites()).isEqualTo(1);
        simulator.requests().clear();
        assertThat(simulator.requests().countWrites()).isZero();
        assertThat(simulator.requests().all()).isEmpty();
    }

    private Call call(String path) {
        return Call.to(simulator.url() + path).bearer(simulator.token());
    }

    private int count(String query) {
        return call(CASES + query).get().json().get("totalCount").asInt();
    }

    private void restart(Options options) {
        simulator.close();
        simulator = VisionOneSimulator.start(options);
    }

    private List<String> walk(String first, int pages) {
        List<String> ids = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        for (String path = first; path != null; ) {
            assertThat(visited.add(path)).isTrue();
            JsonNode page = call(path).get().json();
            ids.addAll(texts(page, "id"));
            path = page.has("nextLink") ? local(page.get("nextLink").asText()) : null;
        }
        assertThat(visited).hasSize(pages);
        return ids;
    }

    private static String local(String link) {
        URI uri = URI.create(link);
        return uri.getPath() + "?" + uri.getRawQuery();
    }

    private static List<String> texts(JsonNode page, String field) {
        List<String> values = new ArrayList<>();
        page.get("items").forEach(item -> values.add(item.path(field).asText()));
        return values;
    }

    private static JsonNode sample(JsonNode samples, int status, String api) {
        for (JsonNode sample : samples) {
            if (sample.get("httpStatus").asInt() == status
                    && sample.get("api").asText().equals(api)) {
                return sample.get("body");
            }
        }
        throw new AssertionError("No sample of " + status + " " + api);
    }
}
