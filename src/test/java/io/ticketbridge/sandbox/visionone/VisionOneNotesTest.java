package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.testing.HandClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VisionOneNotesTest {
    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(1));
    private final String id = simulator.addCase("New", "P1").id();
    private final String path = "/v3.0/caseManagement/cases/" + id;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_note_bumps_its_case() {
        String etag = call("").get().header("ETag");
        clock.advance(Duration.ofMinutes(3));

        Call.Response added = call("/contents").send("POST", "{\"comment\":\"Über den Wolken\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(call("").get().header("ETag")).isNotEqualTo(etag);
        assertThat(simulator.caseById(id).orElseThrow().updatedAt()).isEqualTo(clock.instant());
        assertThat(simulator.caseById(id).orElseThrow().notes())
                .extracting(SimulatedNote::text)
                .containsExactly("Über den Wolken");
    }

    @Test
    void notes_are_paged_and_filtered_by_their_creator() {
        for (int i = 0; i < 12; i++) {
            simulator.addNote(id, "Amy Analyst", "Note " + i);
        }
        call("/contents").send("POST", "{\"comment\":\"Ours\"}");

        JsonNode page = call("/contents?top=10").get().json();
        assertThat(page.get("totalCount").asInt()).isEqualTo(13);
        assertThat(page.get("count").asInt()).isEqualTo(10);
        assertThat(page.get("nextLink").asText()).contains(path + "/contents?skipToken=");
        assertThat(call("/contents")
                        .header("TMV1-Filter", "not creatorId eq '" + People.id("Amy Analyst") + "'")
                        .get()
                        .json()
                        .get("items")
                        .findValuesAsText("comment"))
                .containsExactly("Ours");
    }

    @Test
    void a_note_is_changed_under_its_etag_and_deleted() {
        String location =
                call("/contents").send("POST", "{\"comment\":\"First\"}").header("Location");
        String note = "/contents/" + location.replaceAll(".*/", "");
        String etag = call(note).get().header("ETag");

        assertThat(call(note)
                        .header("If-Match", etag)
                        .send("PATCH", "{\"comment\":\"Second\"}")
                        .status())
                .isEqualTo(204);
        assertThat(call(note)
                        .header("If-Match", etag)
                        .send("PATCH", "{\"comment\":\"Third\"}")
                        .status())
                .isEqualTo(412);
        assertThat(call(note).get().json().get("comment").asText()).isEqualTo("Second");
        assertThat(call(note).send("DELETE", null).status()).isEqualTo(204);
        assertThat(call(note).get().status()).isEqualTo(404);
    }

    @Test
    void an_attachment_comes_back_byte_for_byte_and_belongs_to_one_note() {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        String attachment = upload("Übersicht.bin", bytes).header("Location").replaceAll(".*/", "");
        String body = "{\"comment\":\"See file\",\"attachmentIds\":[\"" + attachment + "\"]}";

        assertThat(call("/attachments/" + attachment).get().http().body()).isEqualTo(bytes);
        assertThat(call("/contents").send("POST", body).status()).isEqualTo(201);
        assertThat(call("/contents").send("POST", body).status()).isEqualTo(400);
        JsonNode listed = call("/contents").get().json().at("/items/0/attachments/0");
        assertThat(listed.get("name").asText()).isEqualTo("Übersicht.bin");
        assertThat(listed.get("size").asInt()).isEqualTo(bytes.length);
        assertThat(call("/attachments/" + attachment).send("DELETE", null).status())
                .isEqualTo(204);
        assertThat(call("/attachments/" + attachment).get().status()).isEqualTo(404);
        assertThat(call("/contents").get().json().at("/items/0/attachments")).isEmpty();
    }

    private Call.Response upload(String name, byte[] bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return call("/attachments")
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .sendBytes("POST", body.toByteArray());
    }

    private Call call(String rest) {
        return Call.to(simulator.url() + path + rest).bearer(simulator.token());
    }
}
