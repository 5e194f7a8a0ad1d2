package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Not every closure of a case is a fix: when it was closed decides (P27). */
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
}
