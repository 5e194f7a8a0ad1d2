package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.SyncField;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The base after the writes, by example; {@link MergePropertiesTest} says what holds for all of them (P24, P25). */
class AgreeingTest {
    private static final SyncField FIELD = SyncField.PRIORITY;
    private static final Both BASE = new Both("P1", "2");
    private static final Both TOLD = new Both("P0", null);

    @Test
    void a_field_that_was_written_is_what_servicenow_answered() {
        assertThat(agreed(FIELD, BASE, TOLD, Map.of(FIELD, "1"))).isEqualTo(new Both("P0", "1"));
    }

    @Test
    void what_was_not_answered_goes_by_the_base_that_it_had() {
        assertThat(agreed(FIELD, BASE, TOLD, Map.of())).isEqualTo(BASE);
        assertThat(agreed(FIELD, null, TOLD, Map.of())).isNull();
    }

    @Test
    void without_a_write_the_ticket_is_as_it_was_read() {
        assertThat(agreed(FIELD, BASE, TOLD, null)).isEqualTo(new Both("P0", "2"));
    }

    @Test
    void what_the_source_refused_goes_by_the_base_that_it_had() {
        Both planned = new Both("P0", "1");
        assertThat(refused(BASE, planned, Set.of(FIELD))).isEqualTo(BASE);
        assertThat(refused(null, planned, Set.of(FIELD))).isNull();
        assertThat(refused(BASE, planned, Set.of(SyncField.NAME))).isEqualTo(planned);
    }

    @Test
    void a_ticket_that_was_closed_says_itself_with_which_code() {
        Both planned = new Both("TruePositive", "");
        Map<SyncField, String> answer = Map.of(SyncField.FINDINGS, "Solution provided");
        assertThat(agreed(SyncField.FINDINGS, BASE, planned, answer))
                .isEqualTo(new Both("TruePositive", "Solution provided"));
        assertThat(agreed(SyncField.FINDINGS, BASE, planned, null)).isEqualTo(planned);
    }

    @Test
    void what_servicenow_did_not_take_is_news_to_it_still_and_what_it_has_is_nobodys_change() {
        assertThat(untaken(BASE, Map.of(FIELD, "3"))).isEqualTo(new Both("P1", "3"));
        assertThat(untaken(BASE, Map.of(FIELD, "2"))).isEqualTo(BASE);
        assertThat(untaken(null, Map.of(FIELD, "2"))).isEqualTo(new Both("", "2"));
    }

    private static Both untaken(Both base, Map<SyncField, String> answered) {
        return Agreeing.fields(
                        base == null ? Map.of() : Map.of(FIELD, base),
                        Map.of(FIELD, TOLD),
                        Set.of(),
                        false,
                        Map.of(FIELD, "2"),
                        answered,
                        false,
                        Set.of(FIELD))
                .get(FIELD);
    }

    private static Both agreed(SyncField field, Both base, Both planned, Map<SyncField, String> answered) {
        return Agreeing.fields(
                        base == null ? Map.of() : Map.of(field, base),
                        Map.of(field, planned),
                        Set.of(),
                        true,
                        Map.of(field, "2"),
                        answered,
                        false,
                        Set.of())
                .get(field);
    }

    private static Both refused(Both base, Both planned, Set<SyncField> toSource) {
        return Agreeing.fields(
                        base == null ? Map.of() : Map.of(FIELD, base),
                        Map.of(FIELD, planned),
                        toSource,
                        false,
                        Map.of(),
                        null,
                        true,
                        Set.of())
                .get(FIELD);
    }
}
