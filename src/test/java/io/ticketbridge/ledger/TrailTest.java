package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Whoever follows a run through the log never comes upon a plan (P29, P32). */
class TrailTest {
    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void a_plan_has_no_run_and_says_softly_what_would_be() {
        Trail.OF_PLAN.follow(7);

        assertThat(MDC.get("run")).isNull();
        assertThat(MDC.get("plan")).isEqualTo("plan");
        assertThat(Trail.OF_PLAN.level(Level.ERROR)).isEqualTo(Level.DEBUG);
    }

    @Test
    void a_run_is_followed_until_it_is_left() {
        Trail.OF_RUNS.follow(7);
        assertThat(MDC.get("run")).isEqualTo("7");
        assertThat(Trail.OF_RUNS.level(Level.ERROR)).isEqualTo(Level.ERROR);

        Trail.OF_RUNS.leave();

        assertThat(MDC.get("run")).isNull();
    }
}
