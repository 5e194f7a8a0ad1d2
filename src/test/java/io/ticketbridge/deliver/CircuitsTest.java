package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitsTest {
    private final HandClock clock = new HandClock();
    private final Circuits circuits = new Circuits(clock);

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            circuits.refused("incident", "a field is empty");
        }
    }

    @Test
    void opens_at_the_fifth_refusal_in_a_row() {
        refuse(4);
        assertThat(circuits.isOpen("incident")).isFalse();

        refuse(1);
        assertThat(circuits.isOpen("incident")).isTrue();
        assertThat(circuits.reason("incident")).isEqualTo("a field is empty");
    }

    @Test
    void stays_open_for_a_minute_and_opens_again_at_the_next_refusal() {
        refuse(5);
        clock.advance(Duration.ofSeconds(59));
        assertThat(circuits.isOpen("incident")).isTrue();

        clock.advance(Duration.ofSeconds(1));
        assertThat(circuits.isOpen("incident")).isFalse();

        refuse(1);
        assertThat(circuits.isOpen("incident")).isTrue();
    }

    @Test
    void a_ticket_that_goes_through_begins_the_count_anew() {
        refuse(4);
        circuits.passed("incident");
        refuse(4);

        assertThat(circuits.isOpen("incident")).isFalse();
    }

    @Test
    void one_profile_does_not_hold_another() {
        refuse(5);

        assertThat(circuits.isOpen("problem")).isFalse();
        assertThat(circuits.reason("problem")).isEmpty();
    }
}
