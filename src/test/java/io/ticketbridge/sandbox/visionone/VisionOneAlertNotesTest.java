package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisionOneAlertNotesTest {
    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(0));
    private final String id = simulator.addAlert("New", "low").id();
    private final String path = "/v3.0/workbench/alerts/" + id;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_note_has_an_integer_id_bumps_its_alert_and_names_the_key() {
        String etag = call("").get().header("ETag");
        clock.advance(Duration.ofMinutes(3));

        Call.Response added = add("{\"content\":\"Über den Wolken\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text()).isEmpty();
        assertThat(added.header("Location")).endsWith(path + "/notes/1");
        assertThat(call("").get().header("ETag")).isNotEqualTo(etag);
        assertThat(simulator.alertById(id).orElseThrow().updatedAt()).isEqualTo(clock.instant());
        JsonNode note = call("/notes/1").get().json();
        assertThat(note.get("id").isInt()).isTrue();
        assertThat(note.get("creatorName").asText()).isEqualTo(simulator.apiKeyName());
        assertThat(note.get("creatorMailAddress").isNull()).isTrue();
    }

    @Test
    void notes_are_listed_newest_first_in_pages_and_filtered() {
        for (int i = 0; i < 51; i++) {
            simulator.addAlertNote(id, "Amy Analyst", "Note " + i);
            clock.advance(Duration.ofSeconds(1));
        }
        add("{\"content\":\"Ours\"}");

        JsonNode page = call("/notes").get().json();

        assertThat(page.has("totalCount")).isFalse();
        assertThat(page.get("items")).hasSize(50);
        assertThat(page.at("/items/0/content").asText()).isEqualTo("Ours");
        assertThat(page.get("nextLink").asText()).contains(path + "/notes?skipToken=");
        assertThat(call("/notes?top=100").get().json().get("items")).hasSize(52);
        assertThat(call("/notes?top=10").get().status()).isEqualTo(400);
        assertThat(call("/notes?orderBy=id%20asc&top=100")
                        .get()
                        .json()
                        .get("items")
                        .findValuesAsText("id"))
                .startsWith("1", "2", "3")
                .endsWith("51", "52");
        assertThat(call("/notes")
                        .header("TMV1-Filter", "id eq 52 or creatorName eq 'nobody'")
                        .get()
                        .json()
                        .get("items")
                        .findValuesAsText("content"))
                .containsExactly("Ours");
    }

    @Test
    void a_note_is_changed_under_its_etag() {
        simulator.addAlertNote(id, "Amy Analyst", "First");
        String etag = call("/notes/1").get().header("ETag");
        clock.advance(Duration.ofSeconds(9));

        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        assertThat(change(etag, "Second")).isEqualTo(204);
        assertThat(change(etag, "Third")).isEqualTo(412);
        JsonNode note = call("/notes/1").get().json();
        assertThat(note.get("content").asText()).isEqualTo("Second");
        assertThat(note.get("creatorName").asText()).isEqualTo("Amy Analyst");
        assertThat(note.get("lastUpdatedBy").asText()).isEqualTo(simulator.apiKeyName());
        assertThat(note.get("lastUpdatedDateTime").asText()).isEqualTo("2026-11-02T10:00:09Z");
    }

    @Test
    void notes_are_deleted_in_one_call_or_none_of_them() {
        simulator.addAlertNote(id, "Amy Analyst", "First");
        simulator.addAlertNote(id, "Amy Analyst", "Second");

        assertThat(delete("[{\"id\":1},{\"id\":7}]")).isEqualTo(404);
        assertThat(simulator.alertById(id).orElseThrow().notes()).hasSize(2);
        assertThat(delete("[{\"id\":1}]")).isEqualTo(204);
        assertThat(delete("[{\"id\":\"2\"}]")).isEqualTo(400);
        assertThat(call("/notes/1").get().status()).isEqualTo(404);
        add("{\"content\":\"Third\"}");
        assertThat(simulator.alertById(id).orElseThrow().notes())
                .extracting(SimulatedNote::id)
                .containsExactly("2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"content\":\"\"}", "{\"content\":7}", "{\"comment\":\"x\"}", "[]"})
    void a_note_without_content_gets_400(String body) {
        assertThat(add(body).status()).isEqualTo(400);
    }

    @Test
    void a_note_holds_500_000_characters_and_no_more() {
        assertThat(add("{\"content\":\"" + "x".repeat(500_000) + "\"}").status())
                .isEqualTo(201);
        assertThat(add("{\"content\":\"" + "x".repeat(500_001) + "\"}").status())
                .isEqualTo(400);
        assertThat(add("{\"content\":\"" + "x".repeat(1_100_000) + "\"}").status())
                .isEqualTo(413);
    }

    private Call.Response add(String body) {
        return call("/notes").send("POST", body);
    }

    private int delete(String body) {
        return call("/notes/delete").send("POST", body).status();
    }

    private int change(String etag, String text) {
        return call("/notes/1")
                .header("If-Match", etag)
                .send("PATCH", "{\"content\":\"" + text + "\"}")
                .status();
    }

    private Call call(String rest) {
        return Call.to(simulator.url() + path + rest).bearer(simulator.token());
    }
}
