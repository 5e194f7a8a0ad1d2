package io.ticketbridge.deliver.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.deliver.servicenow.WrongAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that were not asked for say nothing of those that were (P16). */
class AnsweredRowsTest {
    private static final List<Map<String, Object>> ROWS =
            List.of(Map.of("sys_id", "a", "number", "INC1"), Map.of("sys_id", "b", "number", "INC2"));

    @Test
    void a_row_whose_key_was_not_asked_for_is_a_wrong_answer() {
        assertThat(AnsweredRows.bySysId(ROWS, List.of("c", "b", "a"), "incident"))
                .containsOnlyKeys("a", "b")
                .containsEntry("b", ROWS.get(1));

        assertThatThrownBy(() -> AnsweredRows.bySysId(ROWS, List.of("a"), "incident"))
                .isInstanceOf(WrongAnswer.class);
    }

    @Test
    void a_row_that_does_not_carry_the_value_is_a_wrong_answer_with_its_cure() {
        assertThat(AnsweredRows.carrying(ROWS, "number", value -> value.startsWith("INC"), "incident"))
                .isEqualTo(ROWS);

        assertThatThrownBy(() -> AnsweredRows.carrying(ROWS, "number", "INC1"::equals, "incident"))
                .isInstanceOf(WrongAnswer.class)
                .hasMessage(
                        "ServiceNow answered a query of incident by number with rows that were not asked for: it left"
                                + " out the condition. Grant the integration's user the right to read number of incident and to"
                                + " query by it (ACLs of the operations read, query_match and query_range)");
    }

    @Test
    void a_column_that_may_not_be_read_is_a_wrong_answer() {
        assertThatThrownBy(() -> AnsweredRows.carrying(ROWS, "correlation_id", "x"::equals, "incident"))
                .isInstanceOf(WrongAnswer.class);
    }

    @Test
    void a_page_has_to_lie_behind_the_one_before() {
        assertThat(AnsweredRows.lastOf(ROWS, "", "incident")).isEqualTo("b");
        assertThat(AnsweredRows.lastOf(List.of(), "b", "incident")).isEqualTo("b");

        assertThatThrownBy(() -> AnsweredRows.lastOf(ROWS, "a", "incident")).isInstanceOf(WrongAnswer.class);
    }
}
