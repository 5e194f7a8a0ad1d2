package io.ticketbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Findings;
import io.ticketbridge.ticket.Breaker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held drains by itself, whether its source has anything new or not (P12). */
class HeldGroupsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static LedgerWorld holding(FreshDatabase database, String reason) {
        LedgerWorld world = new LedgerWorld(
                database.open(), Flow.with(Map.of("group-by", "check", "max-new-tickets-per-run", "1")));
        world.scan(Findings.fail("one", "disk-1"), Findings.fail("two", "disk-1"), Findings.fail("three", "disk-1"));
        world.database.jdbc().update("update finding_group set pending = false, held = ?", reason);
        world.runs.reportFinished();
        return world;
    }

    private static long held(LedgerWorld world) {
        return world.count("finding_group where held is not null");
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void a_pass_that_reads_nothing_lets_as_much_go_on_as_a_run_may_once_an_hour(FreshDatabase database) {
        try (LedgerWorld world = holding(database, Breaker.NEW_TICKETS_PER_RUN.reason())) {
            for (int minute = 1; minute < 60; minute++) {
                world.clock.advance(Duration.ofMinutes(1));
                world.runs.endPass(Flow.NAME);
            }
            assertThat(held(world)).as("the limit is for one run").isEqualTo(3);

            for (int left = 2; left >= 0; left--) {
                world.clock.advance(HOUR);
                world.runs.endPass(Flow.NAME);
                world.runs.endPass(Flow.NAME);

                assertThat(held(world)).isEqualTo(left);
                assertThat(
                                world.count(
                                        "finding_group g where pending and held is null and run_id = (select max(id) from run)"))
                        .isEqualTo(1);
                world.database.jdbc().update("update finding_group set pending = false");
                world.runs.reportFinished();
            }
            world.clock.advance(HOUR);
            world.runs.endPass(Flow.NAME);
            assertThat(world.count("run")).as("nothing is held any more").isEqualTo(4);
            assertThat(world.count("run where scan = 'what was held' and state = 'done' and absent_count = 0"))
                    .isEqualTo(3);
            assertThat(world.count("finding where result = 0")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(FreshDatabase.class)
    void so_does_what_an_open_circuit_holds(FreshDatabase database) {
        try (LedgerWorld world = holding(database, "Five refusals in a row")) {
            world.clock.advance(HOUR);
            world.runs.endPass(Flow.NAME);

            assertThat(held(world)).isZero();
            assertThat(world.count("finding_group where pending")).isEqualTo(3);
        }
    }
}
