package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.Samples;
import io.ticketbridge.testing.HandClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisionOneAlertsTest {
    private static final String ALERTS = "/v3.0/workbench/alerts";
    private static final String CHANGED =
            "?dateTimeTarget=updatedDateTime&orderBy=updatedDateTime%20asc&startDateTime=1970-01-01T00:00:00Z";

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void seeded_cases_name_their_alerts_and_are_named_by_them() {
        Set<String> ofCases = new TreeSet<>();
        simulator.cases().forEach(each -> each.json().path("associatedItemIds").forEach(id -> {
            ofCases.add(id.asText());
            assertThat(simulator.alertById(id.asText()))
                    .hasValueSatisfying(alert -> assertThat(alert.caseId()).isEqualTo(each.id()));
        }));

        assertThat(ofCases).hasSizeGreaterThan(3);
        assertThat(simulator.alerts())
                .filteredOn(alert -> alert.caseId().isEmpty())
                .extracting(alert -> alert.text("alertProvider"))
                .contains("SAE", "TI");
        assertThat(simulator.alerts())
                .extracting(SimulatedAlert::id)
                .allMatch(id -> id.matches("WB-11542-\\d{8}-\\d{5}"));
        try (VisionOneSimulator twin =
                VisionOneSimulator.start(Options.defaults().withClock(clock))) {
            assertThat(twin.alerts()).isEqualTo(simulator.alerts());
        }
    }

    @Test
    void fields_are_those_of_the_sample() {
        JsonNode sample = Samples.read("vision-one/workbench-alerts-page.json");
        String id = simulator.alerts().stream()
                .filter(alert -> alert.text("model").contains("UAC"))
                .findFirst()
                .orElseThrow()
                .id();
        simulator.updateAlert(id, Map.of("status", "In Progress", "caseId", "CL-1-20230706-00001"));

        JsonNode page = call(ALERTS + CHANGED)
                .header("TMV1-Filter", "id eq '" + id + "'")
                .get()
                .json();

        assertThat(page.get("count").asInt()).isEqualTo(1);
        Set<String> known = new TreeSet<>(Samples.shape(sample));
        // A scope id that only some tenants have.
        known.removeIf(path -> path.contains("managementScope"));
        assertThat(Samples.shape(page)).isEqualTo(known);
        simulator.addAlertNote(id, "John Doe", "Seen");
        assertThat(Samples.shape(Samples.read("vision-one/workbench-alert-notes-page.json")))
                .containsAll(
                        Samples.shape(call(ALERTS + "/" + id + "/notes").get().json()));
    }

    @ParameterizedTest
    @EnumSource(NextLinks.class)
    void pages_hold_ten_alerts_whatever_is_asked_and_lose_none(NextLinks links) {
        simulator.close();
        simulator = VisionOneSimulator.start(
                Options.defaults().withClock(clock).withCases(0).withNextLinks(links));
        for (int i = 0; i < 25; i++) {
            simulator.addAlert("Model " + i, "high");
            clock.advance(Duration.ofSeconds(i % 2));
        }

        List<String> ids = walk(ALERTS + CHANGED + "&top=200", 3);

        assertThat(ids).hasSize(25).doesNotHaveDuplicates().isSorted();
        String link = call(ALERTS + CHANGED).get().json().get("nextLink").asText();
        assertThat(link).startsWith("https://api.xdr.trendmicro.com/v3.0/workbench/alerts?skipToken=MTA%3D&orderBy=");
        assertThat(link.contains(" ")).isEqualTo(links == NextLinks.RAW_SPACES);
        assertThat(link.contains("startDateTime")).isEqualTo(links != NextLinks.DROPPED_DATES);
    }

    @Test
    void a_list_reaches_back_a_day_unless_it_says_so() {
        String id = simulator.addAlert("New", "low").id();
        clock.advance(Duration.ofHours(24));
        assertThat(ids(ALERTS)).containsExactly(id);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ids(ALERTS)).isEmpty();
        simulator.addAlertNote(id, "Amy Analyst", "Seen");

        assertThat(ids(ALERTS + "?dateTimeTarget=updatedDateTime")).containsExactly(id);
        assertThat(call(ALERTS + "?startDateTime=2026-11-02T10:00:00Z")
                        .get()
                        .json()
                        .has("totalCount"))
                .isTrue();
    }

    @Test
    void order_is_descending_unless_asc_is_added_and_scores_are_numbers() {
        simulator.close();
        simulator = VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(0));
        simulator.addAlert(Map.of("model", "A", "score", 9));
        simulator.addAlert(Map.of("model", "B", "score", 64));
        simulator.addAlert(Map.of("model", "C", "score", 100));

        assertThat(texts(call(ALERTS + "?orderBy=score").get().json(), "model")).containsExactly("C", "B", "A");
        assertThat(texts(call(ALERTS + "?orderBy=score%20asc").get().json(), "model"))
                .containsExactly("A", "B", "C");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "status eq 'Closed' | 0",
                "severity eq 'critical' and not status eq 'Closed' | 1",
                "contains(model, 'UAC') | 1",
                "impactScopeEntityValue eq 'FS-MUC-02' | 1",
                "impactScopeEntityValue eq 'nobody' | 0",
                "indicatorValue eq '203.0.113.77' | 0",
                "indicatorValue eq '4312' | 1",
            })
    void the_filter_knows_the_fields_of_alerts(String filter, int found) {
        simulator.close();
        simulator = VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(0));
        simulator.addAlert(Map.of(
                "model",
                "Ransomware",
                "severity",
                "critical",
                "impactScope",
                Map.of("entities", List.of(Map.of("entityType", "host", "entityValue", Map.of("name", "FS-MUC-02"))))));
        simulator.addAlert(Map.of("model", "UAC Bypass", "indicators", List.of(Map.of("id", 1, "value", "4312"))));

        assertThat(call(ALERTS).header("TMV1-Filter", filter).get().json().get("items"))
                .hasSize(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?startDateTime=yesterday",
                "?startDateTime=2026-11-02T10:00:00Z&endDateTime=2026-11-01T10:00:00Z",
                "?dateTimeTarget=closedDateTime",
                "?orderBy=impactScope",
                "?skipToken=!"
            })
    void parameters_out_of_range_get_the_error_of_the_workbench(String query) {
        Call.Response answer = call(ALERTS + query).get();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/number").asInt()).isEqualTo(3090003);
        assertThat(call(ALERTS).header("TMV1-Filter", "caseId eq 'x'").get().status())
                .isEqualTo(400);
    }

    @Test
    void error_bodies_are_those_of_the_documents() {
        JsonNode samples = Samples.read("vision-one/errors.json");
        String path = ALERTS + "/" + simulator.addAlert("New", "low").id();

        assertThat(Call.to(simulator.url() + path).get().json()).isEqualTo(sample(samples, 401, "any"));
        assertThat(Call.to(simulator.url() + path)
                        .bearer(simulator.readOnlyToken())
                        .send("PATCH", "{}")
                        .json())
                .isEqualTo(sample(samples, 403, "any"));
        assertThat(call(path).send("PATCH", "{\"score\":1}").json()).isEqualTo(sample(samples, 400, "workbench"));
        assertThat(call(ALERTS + "/WB-1-20260101-00001").get().json()).isEqualTo(sample(samples, 404, "workbench"));
        assertThat(call(path)
                        .header("If-Match", "\"0\"")
                        .send("PATCH", "{\"status\":\"Open\"}")
                        .json())
                .isEqualTo(sample(samples, 412, "workbench"));
        simulator.faults().next(1, any -> true, VisionOneFaults.serverError(500));
        assertThat(call(path).get().json()).isEqualTo(sample(samples, 500, "workbench"));
    }

    @Test
    void a_patch_needs_the_latest_etag_and_lists_have_none() {
        String path = ALERTS + "/" + simulator.addAlert("New", "low").id();
        String etag = call(path).get().header("ETag");
        clock.advance(Duration.ofSeconds(5));

        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        assertThat(call(ALERTS).get().header("ETag")).isNull();
        assertThat(patch(path, etag.replace("\"", ""), "{\"status\":\"In Progress\"}"))
                .as("without its quotes it is another")
                .isEqualTo(412);
        assertThat(patch(path, etag, "{\"status\":\"In Progress\"}")).isEqualTo(204);
        assertThat(patch(path, etag, "{\"status\":\"Open\"}")).isEqualTo(412);
        Call.Response after = call(path).get();
        assertThat(after.header("ETag")).isNotEqualTo(etag);
        assertThat(after.json().get("investigationStatus").asText()).isEqualTo("In Progress");
        assertThat(after.json().get("updatedDateTime").asText()).isEqualTo("2026-11-02T10:00:05Z");
        assertThat(after.json().get("firstInvestigatedDateTime").asText()).isEqualTo("2026-11-02T10:00:05Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"Closed\"}",
                "{\"status\":\"In-progress\"}",
                "{\"investigationResult\":\"TruePositive\"}",
                "{\"investigationStatus\":\"Closed\"}",
                "{\"severity\":\"low\"}",
                "{\"ownerIds\":[]}",
                "[]",
                "{"
            })
    void what_is_not_writable_or_closes_without_a_result_changes_nothing(String body) {
        SimulatedAlert before = simulator.addAlert("New", "low");

        Call.Response answer = call(ALERTS + "/" + before.id()).send("PATCH", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/number").asInt()).isEqualTo(3090003);
        assertThat(simulator.alertById(before.id())).contains(before);
    }

    @ParameterizedTest
    @CsvSource({
        "True Positive, True Positive",
        "Other Findings, Closed",
        "No Findings, Closed",
    })
    void closing_with_a_result_sets_the_deprecated_status_too(String result, String deprecated) {
        String path = ALERTS + "/" + simulator.addAlert("New", "low").id();

        assertThat(patch(path, "*", "{\"status\":\"Closed\",\"investigationResult\":\"" + result + "\"}"))
                .isEqualTo(204);

        assertThat(call(path).get().json().get("investigationStatus").asText()).isEqualTo(deprecated);
        assertThat(patch(path, "*", "{\"investigationStatus\":\"New\"}")).isEqualTo(204);
        assertThat(call(path).get().json().get("status").asText()).isEqualTo("Open");
    }

    @Test
    void an_alert_that_was_removed_is_not_found() {
        String id = simulator.addAlert("New", "low").id();

        simulator.removeAlert(id);

        assertThat(call(ALERTS + "/" + id).get().status()).isEqualTo(404);
        assertThat(call(ALERTS + "/" + id + "/notes").get().status()).isEqualTo(404);
    }

    private int patch(String path, String etag, String body) {
        return call(path).header("If-Match", etag).send("PATCH", body).status();
    }

    private Call call(String path) {
        return Call.to(simulator.url() + path).bearer(simulator.token());
    }

    private List<String> ids(String path) {
        return texts(call(path).get().json(), "id").stream().toList();
    }

    private List<String> walk(String first, int pages) {
        List<String> ids = new ArrayList<>();
        int read = 0;
        for (String path = first; path != null; read++) {
            JsonNode page = call(path).get().json();
            ids.addAll(texts(page, "id"));
            path = page.has("nextLink") ? local(page.get("nextLink").asText()) : null;
        }
        assertThat(read).isEqualTo(pages);
        return ids;
    }

    /** As a client must: its own host, spaces encoded, dates added again where they got lost. */
    private static String local(String link) {
        URI uri = URI.create(link.replace(" ", "%20"));
        String dates = link.contains("startDateTime")
                ? ""
                : "&dateTimeTarget=updatedDateTime&startDateTime=1970-01-01T00:00:00Z";
        return uri.getPath() + "?" + uri.getRawQuery() + dates;
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
