package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client that writes to cases meets. */
class VisionOneWritesTest {
    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(0));
    private final String id = simulator.addCase("New", "P1").id();
    private final String path = "/v3.0/caseManagement/cases/" + id;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void the_ticket_of_a_case_can_be_named_later_and_belongs_to_it_alone() {
        String body = "{\"externalTicketId\":\"732e224f\",\"externalTicketUpdatedDateTime\":\"2026-11-02T09:59:00Z\"}";

        assertThat(patch(body)).isEqualTo(204);
        assertThat(patch(body)).isEqualTo(204);

        assertThat(simulator.caseById(id).orElseThrow().externalTicketId()).isEqualTo("732e224f");
        assertThat(simulator.caseById(id).orElseThrow().text("externalTicketUpdatedDateTime"))
                .isEqualTo("2026-11-02T09:59:00Z");
        String other = simulator.addCase("Other", "P1").id();
        assertThat(call("/v3.0/caseManagement/cases/" + other)
                        .send("PATCH", body)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"name, Renamed", "description, Described", "priority, P3", "status, In-progress", "findings, Noteworthy"
    })
    void each_field_is_patched_under_the_latest_etag_only(String field, String value) {
        String etag = call(path).get().header("ETag");
        String body = "{\"" + field + "\":\"" + value + "\"}";
        simulator.addNote(id, "Amy Analyst", "Faster");

        assertThat(patch(body, etag)).isEqualTo(412);
        assertThat(simulator.caseById(id).orElseThrow().text(field)).isNotEqualTo(value);
        assertThat(patch(body, call(path).get().header("ETag"))).isEqualTo(204);

        assertThat(simulator.caseById(id).orElseThrow().text(field)).isEqualTo(value);
        assertThat(simulator
                        .caseById(id)
                        .orElseThrow()
                        .json()
                        .at("/lastUpdater/name")
                        .asText())
                .isEqualTo(simulator.apiKeyName());
    }

    @Test
    void what_is_posted_names_the_key_as_its_creator() {
        call(path + "/contents").send("POST", "{\"comment\":\"Ours\"}");
        simulator.addNote(id, "Amy Analyst", "Hers");

        JsonNode page = call(path + "/contents").get().json();
        assertThat(page.get("items").findValuesAsText("name")).contains(simulator.apiKeyName());
        assertThat(simulator.caseById(id).orElseThrow().notes())
                .extracting(SimulatedNote::author)
                .containsExactly(simulator.apiKeyName(), "Amy Analyst");
    }

    @ParameterizedTest
    @CsvSource({"1048000, 201", "1048577, 413"})
    void a_body_of_more_than_a_megabyte_is_refused_before_its_text_is_counted(int characters, int status) {
        String body = "{\"comment\":\"" + "x".repeat(characters) + "\"}";

        assertThat(call(path + "/contents").send("POST", body).status()).isEqualTo(status);
    }

    @Test
    void an_attachment_may_be_fetched_from_the_ticketing_system_instead() {
        assertThat(upload("externalAttachmentId", "0dd2f1e4")).isEqualTo(201);
        assertThat(upload("other", "x")).isEqualTo(400);
        assertThat(simulator.caseById(id).orElseThrow().attachmentIds()).hasSize(1);
    }

    @Test
    void the_service_itself_closes_what_is_idle_and_the_findings_stay() {
        patch("{\"findings\":\"Noteworthy\"}");
        clock.advance(Duration.ofDays(60));

        assertThat(simulator.closeIdle()).containsExactly(id);

        SimulatedCase closed = simulator.caseById(id).orElseThrow();
        assertThat(closed.status()).isEqualTo("Closed");
        assertThat(closed.findings()).isEqualTo("Noteworthy");
        assertThat(closed.json().at("/lastUpdater/name").asText()).isEqualTo("Trend Vision One");
        assertThat(closed.updatedAt()).isEqualTo(clock.instant());
    }

    @Test
    void a_case_that_was_removed_is_not_found() {
        simulator.remove(id);

        assertThat(call(path).get().status()).isEqualTo(404);
        assertThat(patch("{\"status\":\"Closed\"}")).isEqualTo(404);
        assertThat(call(path + "/contents").send("POST", "{\"comment\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(simulator.cases()).isEmpty();
    }

    @Test
    void a_storm_of_refused_preconditions_hits_only_what_has_one() {
        Runnable calm = simulator.faults().always(any -> true, VisionOneFaults.conditionNotMet());
        String etag = call(path).get().header("ETag");

        assertThat(patch("{\"priority\":\"P0\"}", etag)).isEqualTo(412);
        assertThat(call(path + "/contents").send("POST", "{\"comment\":\"x\"}").status())
                .isEqualTo(201);
        String alert =
                "/v3.0/workbench/alerts/" + simulator.addAlert("New", "low").id();
        assertThat(call(alert)
                        .header("If-Match", call(alert).get().header("ETag"))
                        .send("PATCH", "{\"status\":\"In Progress\"}")
                        .json()
                        .at("/error/number")
                        .asInt())
                .isEqualTo(3090018);
        calm.run();
        assertThat(patch("{\"priority\":\"P0\"}", call(path).get().header("ETag")))
                .isEqualTo(204);
    }

    @Test
    void an_error_after_the_write_leaves_it_done() {
        simulator.faults().next(1, any -> true, VisionOneFaults.serverErrorAfterCommit(500));

        assertThat(call(path + "/contents")
                        .send("POST", "{\"comment\":\"Done\"}")
                        .status())
                .isEqualTo(500);

        assertThat(simulator.caseById(id).orElseThrow().notes())
                .extracting(SimulatedNote::text)
                .isEqualTo(List.of("Done"));
    }

    @Test
    void a_fault_on_writes_lets_reads_pass() {
        simulator.faults().always(any -> true, VisionOneFaults.onWrites(HttpFault.htmlPage(503)));

        assertThat(call(path).get().status()).isEqualTo(200);
        assertThat(patch("{\"priority\":\"P0\"}")).isEqualTo(503);
    }

    private int upload(String field, String value) {
        String body =
                "--edge\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n--edge--\r\n";
        return call(path + "/attachments")
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .send("POST", body)
                .status();
    }

    private int patch(String body) {
        return patch(body, "*");
    }

    private int patch(String body, String etag) {
        return call(path).header("If-Match", etag).send("PATCH", body).status();
    }

    private Call call(String where) {
        return Call.to(simulator.url() + where).bearer(simulator.token());
    }
}
