package io.ticketbridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever guesses gets slower and slower. */
class FailedLoginsTest {
    private final HandClock clock = new HandClock();
    private final FailedLogins logins = new FailedLogins(clock);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            logins.add("ann");
        }
    }

    @Test
    void four_are_free_and_then_each_doubles_the_wait_up_to_five_minutes() {
        fail(4);
        assertThat(logins.secondsToWait("ann")).isZero();

        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            fail(1);
            waits.add(logins.secondsToWait("ann"));
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
        fail(100);
        assertThat(logins.secondsToWait("ann")).isEqualTo(300);
        assertThat(logins.secondsToWait("bob")).isZero();
    }

    @Test
    void the_wait_ends_and_a_part_of_a_second_is_a_second() {
        fail(6);

        clock.advance(Duration.ofMillis(1));
        assertThat(logins.secondsToWait("ann")).isEqualTo(2);
        clock.advance(Duration.ofMillis(999));
        assertThat(logins.secondsToWait("ann")).isEqualTo(1);
        clock.advance(Duration.ofMillis(999));
        assertThat(logins.secondsToWait("ann")).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(logins.secondsToWait("ann")).isZero();
    }

    @Test
    void who_gets_in_begins_anew() {
        fail(9);
        logins.forget("ann");
        fail(4);

        assertThat(logins.secondsToWait("ann")).isZero();
    }

    @Test
    void a_thousand_are_remembered_and_the_first_is_forgotten_first() {
        fail(5);
        for (int i = 0; i < 999; i++) {
            logins.add("other-" + i);
        }
        assertThat(logins.secondsToWait("ann")).isEqualTo(1);
        logins.add("one-more");
        assertThat(logins.secondsToWait("ann")).isZero();
    }
}
