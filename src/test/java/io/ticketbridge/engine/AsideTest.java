package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AsideTest {
    @Test
    void whoever_asks_waits_for_what_is_made_aside() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Aside<String> work = Aside.begin("work", () -> {
            asked.await();
            return "made";
        });
        asked.countDown();

        assertThat(work.get()).isEqualTo("made");
        assertThat(work.orNull()).isEqualTo("made");
    }

    @Test
    void what_fails_aside_fails_as_itself_and_leaves_nothing_to_tidy_up() {
        CannotStart cause = new CannotStart("the port is taken");
        Aside<String> work = Aside.begin("work", () -> {
            throw cause;
        });

        assertThatThrownBy(work::get).isSameAs(cause);
        assertThat(work.orNull()).isNull();
    }
}
