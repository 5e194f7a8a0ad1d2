package io.ticketbridge.deliver.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    @Test
    void a_threshold_of_one_table_is_the_state_of_the_same_label_in_another_or_else_how_far_it_is() {
        Lifecycle incident = Lifecycle.of("incident");

        assertThat(Lifecycle.of("sn_customerservice_case").meantIn(incident, "3"))
                .isEqualTo("Closed");
        assertThat(Lifecycle.of("sn_si_incident").meantIn(incident, "Review")).isEqualTo("resolved");
        assertThat(Lifecycle.of("sn_si_incident").meantIn(incident, "Contain")).isEqualTo("resolved");
        assertThat(Lifecycle.of("problem").meantIn(incident, "4")).isEqualTo("closed");
        assertThat(incident.meantIn(incident, "3")).isEqualTo("3");
        assertThat(Lifecycle.of("sc_task").meantIn(incident, "resolved")).isEqualTo("resolved");
    }

    @ParameterizedTest(name = "{0} in {1}: {2} reached by {3}")
    @CsvSource(
            textBlock =
                    """
                    incident, New, resolved, 1, false
                    incident, On Hold, resolved, 3, false
                    incident, Resolved, resolved, 6, true
                    incident, Closed, resolved, 7, true
                    incident, Canceled, resolved, 8, true
                    incident, Resolved, Closed, 6, false
                    incident, Resolved, closed, 6, false
                    incident, Closed, closed, 7, true
                    incident, Canceled, Closed, 8, true
                    incident, 'Closed, which is an end like canceled', Canceled, 7, true
                    incident, In Progress, On Hold, 2, false
                    incident, On Hold, on hold, 3, true
                    incident, Resolved, On Hold, 6, true
                    incident, On Hold, 3, 3, true
                    incident, In Progress, 3, 2, false
                    problem, Fix in Progress, resolved, 104, false
                    problem, Resolved, resolved, 106, true
                    problem, Closed, resolved, 107, true
                    problem, 'Closed/Resolved, an end as well', Closed, 4, true
                    problem, 'New, though its number is large', Root Cause Analysis, 101, false
                    sn_si_incident, Recover, resolved, 20, false
                    sn_si_incident, 'Review, which is what this table calls resolved', resolved, 100, true
                    sn_si_incident, 'Closed, though its number is small', resolved, 3, true
                    sn_customerservice_case, Awaiting Info, resolved, 18, false
                    sn_customerservice_case, Resolved, resolved, 6, true
                    sn_customerservice_case, 'Closed, though its number is small', Resolved, 3, true
                    sn_customerservice_case, 'Open, though its number is large', Resolved, 10, false
                    change_request, Implement, resolved, -1, false
                    change_request, Review, resolved, 0, true
                    sc_task, Work in Progress, resolved, 2, false
                    sc_task, 'Closed Complete: a task has no resolved', resolved, 3, true
                    u_own_table, 'Closed Skipped, taken for a task', closed, 7, true
                    """)
    void a_state_has_reached_the_status_that_comes_no_later(
            String table, String label, String status, String value, boolean reached) {
        Lifecycle lifecycle = Lifecycle.of(table);
        assertThat(lifecycle.hasReached(value, !lifecycle.isClosed(value), status))
                .isEqualTo(reached);
    }

    @ParameterizedTest(name = "{0} {1}, active {2}: {3}, reached {4}")
    @CsvSource({
        "incident, 42, true, OPEN, false",
        "incident, 42, false, CLOSED, true",
        "incident, '', true, OPEN, false",
        "incident, 6, false, RESOLVED, true",
        "incident, 2, false, OPEN, false",
        "u_own_table, -7, false, CLOSED, true",
        "u_own_table, 3, true, OPEN, false",
        "u_own_table, 4, false, CLOSED, true",
        "u_own_table, 2, false, CLOSED, true",
        "sn_si_incident, 3, true, CLOSED, true"
    })
    void a_state_that_is_not_known_or_of_a_table_of_ones_own_goes_by_active(
            String table, String value, boolean active, Phase phase, boolean reached) {
        assertThat(Lifecycle.of(table).phase(value, active)).isEqualTo(phase);
        assertThat(Lifecycle.of(table).hasReached(value, active, "resolved")).isEqualTo(reached);
        assertThat(Lifecycle.of(table).hasReached(value, active, "closed")).isEqualTo(phase == Phase.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"true, OPEN", "false, CLOSED", "'', CLOSED"})
    void of_a_table_of_ones_own_the_number_counts_only_where_active_may_not_be_read(String active, Phase phase) {
        assertThat(Row.seen("u_own_table", Map.of("state", "3", "active", active))
                        .phase())
                .isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource({
        "incident, Resolved, true",
        "incident, ' resolved ', true",
        "incident, 6, true",
        "incident, Review, false",
        "incident, 60, false",
        "incident, '', false",
        "sn_si_incident, resolved, true",
        "sn_si_incident, Review, true",
        "sc_task, resolved, true",
        "sc_task, closed, true",
        "sc_task, Resolved!, false"
    })
    void a_status_is_a_label_or_value_of_the_table_or_a_word_for_its_end(String table, String status, boolean known) {
        assertThat(Lifecycle.of(table).knows(status)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"incident", "problem", "sn_si_incident", "sn_customerservice_case", "change_request", "sc_task"})
    void every_state_has_reached_itself_and_no_state_the_one_after_it(String table) {
        Lifecycle lifecycle = Lifecycle.of(table);
        for (int i = 0; i < lifecycle.states().size(); i++) {
            Lifecycle.State state = lifecycle.states().get(i);
            assertThat(lifecycle.hasReached(state.value(), !lifecycle.isClosed(state.value()), state.label()))
                    .as(state.label())
                    .isTrue();
            assertThat(lifecycle.hasReached(state.value(), !lifecycle.isClosed(state.value()), state.value()))
                    .as(state.label())
                    .isTrue();
            if (i + 1 < lifecycle.states().size() && state.phase() != Phase.CLOSED) {
                String next = lifecycle.states().get(i + 1).value();
                assertThat(lifecycle.hasReached(state.value(), !lifecycle.isClosed(state.value()), next))
                        .as(state.label())
                        .isFalse();
            }
            assertThat(lifecycle.labels()).contains(state.label());
        }
    }
}
