package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ticket.Sourced.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a case says becomes its ticket; not every closure is a fix: when it was closed decides (P27). */
class CaseNormaliserTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private static ObjectNode closed(String at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "CL-1")
                .put("status", "Closed")
                .put("updatedDateTime", at)
                .put("closedDateTime", at);
    }

    private static SourceRecord read(ObjectNode item) {
        return CaseNormaliser.finding("eu", item, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-02T03:04:05Z", "2026-01-02T03:04:05", "2026-01-02 03:04:05"})
    void a_time_without_a_zone_is_the_same_time(String at) {
        assertThat(((Finding) read(closed(at))).observedAt()).isEqualTo(TIME);
        assertThat(CaseNormaliser.closedAt(closed(at))).isEqualTo(TIME);
    }

    @Test
    void a_case_closed_at_what_is_no_time_is_no_evidence_of_a_fix() {
        assertThat(read(closed("yesterday")))
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.error())
                        .contains("CL-1", "closedDateTime"));
    }

    @Test
    void an_open_case_gets_its_ticket_whatever_its_times_are() {
        assertThat(((Finding) read(closed("yesterday").put("status", "Open"))).result())
                .isEqualTo(Result.FAIL);
    }

    @Test
    void a_closed_case_that_does_not_say_when_is_closed_all_the_same() {
        ObjectNode item = closed("2026-01-02T03:04:05Z");
        item.remove("closedDateTime");

        assertThat(((Finding) read(item)).result()).isEqualTo(Result.PASS);
    }

    @Test
    void what_a_case_says_becomes_a_finding() {
        ObjectNode item = parsed(
                """
                {"id": "CL-5", "name": "Possible ransomware", "description": "Two hosts", "type": "Workbench",
                 "status": "In-progress", "priority": "P1", "findings": "TruePositive", "holder": "Customer",
                 "caseUrl": "https://portal.example/CL-5", "updatedDateTime": "2026-01-02T03:04:05Z",
                 "owners": [{"name": "Amy", "email": "amy@example.com"}, {"name": " ", "email": "bob@example.com"}],
                 "associatedItemIds": ["WB-2", "WB-1", null]}""");

        assertThat(read(item))
                .isEqualTo(new Finding(
                        "vision-one:eu",
                        "",
                        "",
                        "case",
                        new Resource("CL-5", "", "Workbench"),
                        Result.FAIL,
                        Severity.HIGH,
                        "Possible ransomware",
                        "",
                        "Two hosts",
                        "",
                        "https://portal.example/CL-5",
                        List.of(),
                        TIME,
                        Map.of(
                                "case", "CL-5",
                                "status", "In-progress",
                                "priority", "P1",
                                "findings", "TruePositive",
                                "type", "Workbench",
                                "holder", "Customer",
                                "owners", "Amy, bob@example.com",
                                "alerts", "WB-1, WB-2"),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource({"P0, CRITICAL", "P1, HIGH", "P2, MEDIUM", "P3, LOW", "P9, UNKNOWN", "'', UNKNOWN"})
    void a_priority_is_a_severity(String priority, Severity severity) {
        assertThat(((Finding) read(parsed("{\"id\": \"CL-1\"}").put("priority", priority))).severity())
                .isEqualTo(severity);
    }

    @Test
    void the_order_of_its_alerts_is_no_news() {
        ObjectNode item = parsed("{\"id\": \"CL-1\", \"associatedItemIds\": [\"WB-1\", \"WB-2\"]}");
        ObjectNode other = parsed("{\"id\": \"CL-1\", \"associatedItemIds\": [\"WB-2\", \"WB-1\"]}");

        assertThat(((Finding) read(item)).content()).isEqualTo(((Finding) read(other)).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\": \"\"}", "{\"id\": \"a/b\"}", "{\"id\": \"--\"}", "{\"id\": null}"})
    void what_can_not_be_asked_for_by_its_id_is_unreadable(String item) {
        assertThat(read(parsed(item))).isInstanceOf(Unreadable.class);
        assertThat(read(parsed("{}").put("id", "x".repeat(201)))).isInstanceOf(Unreadable.class);
        assertThat(read(parsed("{}").put("id", "x".repeat(200)))).isInstanceOf(Finding.class);
    }

    @Test
    void what_people_note_is_kept_with_its_files_by_time() {
        List<JsonNode> contents = List.of(
                parsed(
                        """
                        {"id": "2", "comment": "later", "creator": {"email": "ann@example.com"}, "createdDateTime": "2026-01-03T00:00:00Z",
                         "attachments": [{"id": "f1", "name": "a.txt", "size": 7}, {"id": "f2", "name": "b.txt"}]}"""),
                parsed(
                        """
                        {"id": "1", "comment": "(ticketbridge tb-0123456789abc)", "creator": {"name": "Ted"},
                         "createdDateTime": "2026-01-02T03:04:05Z", "attachments": [{"id": "f3", "name": "c.txt", "size": 1}]}"""));

        assertThat(((Finding) CaseNormaliser.finding("eu", parsed("{\"id\": \"CL-1\"}"), contents)).notes())
                .containsExactly(
                        new Note("1", "Ted", TIME, "(ticketbridge tb-0123456789abc)", List.of("f3")),
                        new Note(
                                "2",
                                "ann@example.com",
                                Instant.parse("2026-01-03T00:00:00Z"),
                                "later",
                                List.of("f1", "f2")));
        assertThat(CaseNormaliser.files(contents))
                .containsExactly(
                        new SourceFile("f1", "a.txt", 7, Optional.empty()),
                        new SourceFile("f2", "b.txt", -1, Optional.empty()),
                        new SourceFile("f3", "c.txt", 1, Optional.of("tb-0123456789abc")));
        assertThat(CaseNormaliser.files(List.of(parsed("{\"attachments\": [{\"id\": \" \", \"name\": \"x\"}]}"))))
                .isEmpty();
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
