package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ServiceNow answers is compared with what was sent (P17). */
class VerificationTest {
    private static final Set<String> KNOWN = Set.of("short_description", "description", "correlation_id");

    private static Verification of(String column, String sent, Object answered) {
        Map<String, Object> row = new HashMap<>();
        row.put("sys_id", "1");
        row.put(column, answered);
        return Verification.of("incident", KNOWN, Map.of(column, sent), row);
    }

    @Test
    void what_was_kept_is_no_problem() {
        Verification verification = of("short_description", "S3 is public", "S3 is public");

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.rewritten()).isEmpty();
        assertThat(verification.problem()).isNull();
    }

    @Test
    void a_column_that_does_not_come_back_does_not_exist() {
        Verification verification = Verification.of("incident", KNOWN, Map.of("u_typo", "x"), Map.of("sys_id", "1"));

        assertThat(verification.problem())
                .isEqualTo("incident has no column u_typo, or the user may not read it: remove it from the profile, or"
                        + " grant read access to it");
    }

    @Test
    void one_that_no_profile_names_can_be_left_out() {
        assertThat(Verification.of("u_own", KNOWN, Map.of("caller_id", "x"), Map.of("sys_id", "1"))
                        .problem())
                .contains("u_own has no column caller_id", "an empty on-open.caller_id of the profile");
    }

    @Test
    void a_column_that_is_known_to_be_there_and_does_not_come_back_may_not_be_read_and_is_no_problem() {
        Verification verification =
                Verification.of("incident", KNOWN, Map.of("description", "a text"), Map.of("sys_id", "1"));

        assertThat(verification.problem()).isNull();
        assertThat(verification.unread()).containsExactly("description");
    }

    @Test
    void one_that_must_hold_has_to_be_read() {
        assertThat(Verification.of("incident", KNOWN, Map.of("correlation_id", "tb-1"), Map.of("sys_id", "1"))
                        .problem())
                .isEqualTo("correlation_id may not be read by the user, so that nothing tells whether 'tb-1' was taken:"
                        + " grant read access to incident.correlation_id");
    }

    @Test
    void an_empty_text_is_no_refused_choice() {
        assertThat(of("description", "a text", "").problem())
                .isEqualTo(
                        "description is empty though 'a text' was sent: the user may not write it, or may not read it");
    }

    @Test
    void an_empty_column_is_a_refused_choice_or_reference() {
        assertThat(of("assignment_group", "no-such-group", "").problem())
                .startsWith("assignment_group is empty though 'no-such-group' was sent");
        assertThat(of("assignment_group", "no-such-group", null).problem()).startsWith("assignment_group is empty");
    }

    @Test
    void a_reference_is_compared_by_its_value() {
        assertThat(of("caller_id", "abc", Map.of("link", "https://x", "value", "abc"))
                        .problems())
                .isEmpty();
        assertThat(of("caller_id", "abc", Map.of("link", "https://x", "value", "def"))
                        .rewritten())
                .containsExactly("caller_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "close_code", "resolution_code", "correlation_id", "impact", "urgency"})
    void a_column_that_decides_what_the_write_was_for_must_hold(String column) {
        assertThat(of(column, "6", "2").problem()).isEqualTo(column + " is '2' though '6' was sent: a rule refused it");
    }

    @Test
    void what_an_instance_rightly_rewrites_is_told_apart() {
        Verification verification = of("short_description", "a text that is cut", "a text");

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.rewritten()).containsExactly("short_description");
        assertThat(of("description", " padded \n", "padded").rewritten()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work_notes", "comments"})
    void journals_come_back_empty_and_are_no_problem(String journal) {
        assertThat(of(journal, "a note", "").problems()).isEmpty();
        assertThat(Verification.of("incident", KNOWN, Map.of(journal, "a note"), Map.of())
                        .problems())
                .isEmpty();
    }

    @Test
    void all_problems_are_said_at_once_on_one_line_and_not_at_length() {
        Map<String, String> sent = new TreeMap<>(Map.of("state", "6", "u_one", "x", "category", "y\n".repeat(99)));

        String problem = Verification.of("incident", KNOWN, sent, Map.of("state", "1", "category", ""))
                .problem();

        assertThat(problem)
                .contains("state is '1'", "no column u_one", "category is empty")
                .doesNotContain("\n");
        assertThat(problem).hasSizeLessThan(400);
    }

    @Test
    void only_what_must_hold_or_is_empty_counts_as_not_taken() {
        assertThat(of("state", "6", "1").untaken()).containsExactly("state");
        assertThat(of("urgency", "1", "2").untaken()).containsExactly("urgency");
        assertThat(of("u_owner", "team-7", "").untaken()).containsExactly("u_owner");
        assertThat(of("short_description", "S3 is public", "S3 IS PUBLIC").untaken())
                .isEmpty();
        assertThat(of("state", "6", "6").untaken()).isEmpty();
    }

    @Test
    void the_columns_of_a_problem_are_found_in_it_again() {
        Map<String, String> sent = new TreeMap<>(Map.of(
                "assignment_group", "it's mine",
                "category", "cloud",
                "description", "x; u_other is empty though",
                "impact", "1",
                "urgency", "1",
                "u_typo", "x"));
        Map<String, Object> answer = Map.of("assignment_group", "", "category", "", "description", "", "impact", "3");

        Verification verification = Verification.of("incident", Set.of("urgency"), sent, answer);

        assertThat(Verification.columns(verification.problem()))
                .containsExactlyInAnyOrder(
                        "assignment_group", "category", "description", "impact", "urgency", "u_typo");
        assertThat(Verification.columns("INC1 was moved")).isEmpty();
    }

    @Test
    void another_problem_joins_unless_it_is_of_the_state_and_one_is_known() {
        Verification none = of("state", "6", "6");
        Verification ofState = of("state", "6", "2");
        Verification other = of("category", "cloud", "");

        assertThat(none.andOf(Optional.empty()).problems()).isEmpty();
        assertThat(none.andOf(Optional.of("state is not what it was")).problems())
                .containsExactly("state is not what it was");
        assertThat(other.andOf(Optional.of("state is not what it was")).problems())
                .hasSize(2)
                .contains("state is not what it was");
        assertThat(ofState.andOf(Optional.of("state is not what it was"))).isEqualTo(ofState);
        assertThat(ofState.andOf(Optional.of("parent is gone")).problems())
                .hasSize(2)
                .contains("parent is gone");
        assertThat(ofState.andOf(Optional.of("parent is gone")).untaken()).containsExactly("state");
    }
}
