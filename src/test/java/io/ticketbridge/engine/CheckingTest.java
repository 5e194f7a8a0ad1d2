package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckingTest {
    /** With 52 flows on a busy machine it took 139 seconds. */
    @Test
    void many_flows_have_longer_to_start() {
        assertThat(Checking.longest(1)).isLessThan(Duration.ofMinutes(3));
        assertThat(Checking.longest(52)).isGreaterThan(Duration.ofMinutes(10));
    }
}
