package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.sync.Merged.Overruled;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Findings are told when a ticket is closed, not before: the close code belongs to closing. */
class FindingsOfCasesTest {
    private static final Both OPEN = new Both("In-progress", "2");
    private static final Both CLOSED = new Both("Closed", "6");
    private static final Both UNDECIDED = new Both("NoFindings", "");

    @Test
    void an_open_ticket_is_not_told_and_the_findings_wait_with_their_base() {
        Merged merged = merged(OPEN, UNDECIDED, "In-progress", "TruePositive", "2", "", Side.SERVICENOW);
        writesNothing(merged);
        assertThat(merged.agreed()).containsEntry(SyncField.FINDINGS, UNDECIDED);
    }

    @Test
    void a_ticket_that_is_closed_with_its_case_is_told_in_the_same_write() {
        Merged merged = merged(OPEN, UNDECIDED, "Closed", "TruePositive", "2", "", Side.SERVICENOW);
        assertThat(merged.toServiceNow())
                .isEqualTo(Map.of(SyncField.STATUS, "Closed", SyncField.FINDINGS, "TruePositive"));
        assertThat(merged.agreed())
                .containsEntry(SyncField.STATUS, new Both("Closed", null))
                .containsEntry(SyncField.FINDINGS, new Both("TruePositive", null));
    }

    @Test
    void findings_that_never_changed_are_told_at_closing_too() {
        Merged merged = merged(OPEN, UNDECIDED, "Closed", "NoFindings", "2", "", Side.SERVICENOW);
        assertThat(merged.toServiceNow()).containsEntry(SyncField.FINDINGS, "NoFindings");
    }

    @Test
    void a_close_code_that_says_the_same_is_left_as_it_is() {
        Merged merged = merged(
                OPEN,
                new Both("TruePositive", "Workaround provided"),
                "Closed",
                "TruePositive",
                "2",
                "Workaround provided",
                Side.SERVICENOW);
        assertThat(merged.toServiceNow()).isEqualTo(Map.of(SyncField.STATUS, "Closed"));
    }

    @Test
    void findings_that_waited_and_a_close_code_are_a_conflict_like_any_other() {
        Merged merged =
                merged(OPEN, UNDECIDED, "In-progress", "FalsePositive", "6", "Solution provided", Side.SERVICENOW);
        assertThat(merged.toVisionOne())
                .isEqualTo(Map.of(SyncField.STATUS, "Closed", SyncField.FINDINGS, "TruePositive"));
        assertThat(merged.overruled())
                .containsExactly(new Overruled(SyncField.FINDINGS, Side.VISION_ONE, "FalsePositive"));

        Merged other =
                merged(OPEN, UNDECIDED, "In-progress", "FalsePositive", "6", "Solution provided", Side.VISION_ONE);
        assertThat(other.toServiceNow()).isEqualTo(Map.of(SyncField.FINDINGS, "FalsePositive"));
        assertThat(other.overruled())
                .containsExactly(new Overruled(SyncField.FINDINGS, Side.SERVICENOW, "Solution provided"));
    }

    @Test
    void a_conflict_under_an_open_ticket_waits_if_the_source_would_win() {
        Merged merged =
                merged(OPEN, UNDECIDED, "In-progress", "FalsePositive", "2", "Solution provided", Side.VISION_ONE);
        writesNothing(merged);
        assertThat(merged.overruled()).isEmpty();
        assertThat(merged.agreed()).containsEntry(SyncField.FINDINGS, UNDECIDED);
    }

    @Test
    void a_reopened_ticket_is_told_of_findings_no_more() {
        Merged merged = merged(
                CLOSED,
                new Both("TruePositive", "Solution provided"),
                "Open",
                "FalsePositive",
                "6",
                "Solution provided",
                Side.SERVICENOW);
        assertThat(merged.toServiceNow()).isEqualTo(Map.of(SyncField.STATUS, "Open"));
    }

    @Test
    void a_code_left_on_an_open_ticket_at_the_first_meeting_gives_way_at_closing() {
        Merged met = merged(OPEN, null, "In-progress", "FalsePositive", "2", "Solution provided", Side.VISION_ONE);
        writesNothing(met);
        Both base = met.agreed().get(SyncField.FINDINGS);
        assertThat(merged(OPEN, base, "Closed", "FalsePositive", "2", "Solution provided", Side.VISION_ONE)
                        .toServiceNow())
                .containsEntry(SyncField.FINDINGS, "FalsePositive");
    }

    @Test
    void closing_the_source_needs_findings_that_somebody_knows() {
        assertThat(merged(OPEN, new Both("", ""), "In-progress", "", "6", "", Side.SERVICENOW)
                        .needsFindings())
                .isTrue();
        assertThat(merged(OPEN, new Both("", ""), "In-progress", "", "6", "Act of God", Side.SERVICENOW)
                        .needsFindings())
                .isTrue();
        assertThat(merged(OPEN, new Both("", ""), "In-progress", "", "6", "User error", Side.SERVICENOW)
                        .needsFindings())
                .isFalse();
        assertThat(merged(OPEN, UNDECIDED, "In-progress", "NoFindings", "6", "", Side.SERVICENOW)
                        .needsFindings())
                .isTrue();
        assertThat(merged(OPEN, UNDECIDED, "In-progress", "No Findings", "6", "Act of God", Side.SERVICENOW)
                        .needsFindings())
                .isTrue();
        assertThat(merged(OPEN, UNDECIDED, "In-progress", "No Findings", "6", "Duplicate", Side.SERVICENOW)
                        .needsFindings())
                .isFalse();
        assertThat(merged(OPEN, UNDECIDED, "In-progress", "Noteworthy", "6", "", Side.SERVICENOW)
                        .needsFindings())
                .isFalse();
        assertThat(merged(OPEN, new Both("", ""), "Closed", "", "2", "", Side.SERVICENOW)
                        .needsFindings())
                .isFalse();
    }

    private static void writesNothing(Merged merged) {
        assertThat(merged.toServiceNow()).isEmpty();
        assertThat(merged.toVisionOne()).isEmpty();
    }

    private static Merged merged(
            Both status,
            Both findings,
            String sourceStatus,
            String sourceFindings,
            String state,
            String code,
            Side owner) {
        Map<SyncField, Both> base = new EnumMap<>(SyncField.class);
        base.put(SyncField.STATUS, status);
        if (findings != null) {
            base.put(SyncField.FINDINGS, findings);
        }
        return Merge.merge(
                base,
                Map.of(SyncField.STATUS, sourceStatus, SyncField.FINDINGS, sourceFindings),
                Map.of(SyncField.STATUS, state, SyncField.FINDINGS, code),
                Words.INCIDENT,
                Map.of(SyncField.STATUS, Side.SERVICENOW, SyncField.FINDINGS, owner),
                EnumSet.allOf(SyncField.class));
    }
}
