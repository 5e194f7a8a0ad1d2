package io.ticketbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import io.ticketbridge.sandbox.visionone.Options;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EditTimerTest {
    private final VisionOneSimulator visionOne =
            VisionOneSimulator.start(Options.defaults().withCases(3));
    private final ServiceNowSimulator serviceNow = ServiceNowSimulator.start();
    private final Colleague colleague = new Colleague(visionOne, serviceNow, 1);

    @AfterEach
    void stop() {
        visionOne.close();
        serviceNow.close();
    }

    @Test
    void edits_go_on_until_it_is_closed() {
        try (EditTimer timer = EditTimer.start(colleague, EditTimer.FASTEST)) {
            await().until(() -> colleague.notes().size() > 5);
        }
    }

    @Test
    void none_a_minute_is_none() {
        String before = visionOne.cases().toString();
        try (EditTimer timer = EditTimer.start(colleague, 0)) {
            assertThat(visionOne.cases()).hasToString(before);
        }
    }

    @Test
    void more_than_it_can_do_is_refused() {
        assertThatThrownBy(() -> EditTimer.start(colleague, EditTimer.FASTEST + 1))
                .hasMessage("edits per minute must be between 0 and 6000, was 6001");
    }
}
