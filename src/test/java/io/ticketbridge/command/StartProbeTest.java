package io.ticketbridge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Failed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

class StartProbeTest {
    private static final Duration SOON = Duration.ofMillis(5);

    private final StopSignal stop = new StopSignal();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void who_does_not_answer_is_asked_again_and_a_state_without_a_map_ends_the_run() {
        StartProbe probe = StartProbe.begin(
                () -> {
                    switch (asked.incrementAndGet()) {
                        case 1, 2 -> throw new Failed("ServiceNow can't be used: it answered 503");
                        case 3 -> throw new IllegalStateException("what nobody expected");
                        default -> throw new CannotStart("The state 8 (Awaiting Vendor) of incident is in no list");
                    }
                },
                stop,
                SOON);

        assertThat(stop.await(Duration.ofSeconds(10))).isTrue();
        assertThat(asked).hasValue(4);
        assertThat(probe.exit()).isEqualTo(TicketbridgeCommand.UNUSABLE);
    }

    @Test
    void once_it_was_answered_nothing_is_asked_and_nothing_ends() {
        StartProbe probe = StartProbe.begin(asked::incrementAndGet, stop, SOON);

        await().untilAtomic(asked, Matchers.equalTo(1));
        assertThat(stop.await(Duration.ofMillis(100))).isFalse();
        assertThat(asked).hasValue(1);
        assertThat(probe.exit()).isEqualTo(TicketbridgeCommand.WELL);
    }
}
