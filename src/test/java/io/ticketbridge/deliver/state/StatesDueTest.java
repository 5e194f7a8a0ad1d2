package io.ticketbridge.deliver.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a pass reads the states of its flow's tickets. */
class StatesDueTest {
    private final HandClock clock = new HandClock();
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> owing = new HashSet<>();
    private final StatesDue due = new StatesDue(waiting::contains, owing::contains, clock);

    @Test
    void at_the_first_pass_of_each_flow() {
        due.areRead("one");

        assertThat(due.areDue("two")).isTrue();
    }

    @Test
    void not_where_nothing_waits_to_be_read_for_an_hour() {
        due.areRead("one");
        clock.advance(StatesDue.LONGEST.minusSeconds(1));
        assertThat(due.areDue("one")).isFalse();

        clock.advance(StatesDue.LONGEST);
        assertThat(due.areDue("one")).isTrue();
    }

    @Test
    void where_something_waits_to_be_read() {
        due.areRead("one");
        waiting.add("one");

        assertThat(due.areDue("one")).isTrue();
    }

    @Test
    void where_something_is_owed_every_ten_minutes() {
        due.areRead("one");
        owing.add("one");
        clock.advance(StatesDue.OWING.minusSeconds(1));
        assertThat(due.areDue("one")).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(due.areDue("one")).isTrue();
    }

    @Test
    void where_the_clock_was_put_back() {
        due.areRead("one");
        clock.advance(StatesDue.LONGEST.negated());

        assertThat(due.areDue("one")).isTrue();
    }
}
