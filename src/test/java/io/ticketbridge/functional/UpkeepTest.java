package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever runs by cron has done what {@code run} does by its schedule. */
class UpkeepTest {
    private static final String DONE = "select count(*) from last_end where ended_at is not null and name in"
            + " ('forget-old', 'sweep', 'reconcile-cases')";

    @TempDir
    private Path folder;

    @Test
    void what_is_done_once_a_day_is_done_by_single_runs_when_it_is_due() {
        try (Bridge bridge = Bridge.in(folder).with("flow.compliance.group-by", "resource")) {
            bridge.importFile(Scan.of().fails("encryption", "disk-1").write(folder));
            bridge.engine().upkeep();
            assertThat(bridge.count(DONE)).as("the ledger is of today").isZero();

            bridge.later(Duration.ofDays(100)).engine().upkeep();

            assertThat(bridge.count(DONE)).isEqualTo(3);
            assertThat(bridge.count("select count(*) from action where request is not null"))
                    .isZero();
            bridge.serviceNow().requests().clear();
            bridge.later(Duration.ofHours(5)).engine().upkeep();
            assertThat(bridge.serviceNow().requests().all())
                    .as("it was done this day")
                    .isEmpty();
            bridge.later(Duration.ofMinutes(18 * 60 + 59)).engine().upkeep();
            assertThat(bridge.serviceNow().requests().all())
                    .as("a minute earlier than yesterday")
                    .isNotEmpty();
        }
    }
}
