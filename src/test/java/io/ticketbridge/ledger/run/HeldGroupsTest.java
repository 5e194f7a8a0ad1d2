package io.ticketbridge.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.ManyGroups;
import io.ticketbridge.ledger.ticket.GroupLock;
import io.ticketbridge.ticket.Breaker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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

    /** As pages lock them, which go on beside a replay: else each of the two may hold what the other waits for. */
    @Test
    void what_goes_on_with_a_replay_is_locked_in_the_order_of_ids() {
        try (LedgerWorld world = new LedgerWorld(FreshDatabase.POSTGRESQL.open(), Flow.groupedBy("check"))) {
            new ManyGroups(world.database, Flow.NAME).pending("f", 1, 0);
            new ManyGroups(world.database, Flow.NAME).pending("1", 1, 0);
            world.left("update finding_group set pending = false, held = 'Five refusals in a row'");
            world.runs.endReading(world.runs.beginBeside(Flow.NAME, "replay"));
            List<UUID> ids = world.database
                    .client()
                    .sql("select id from finding_group order by id")
                    .query(UUID.class)
                    .list();

            CompletableFuture<?>[] end = new CompletableFuture<?>[1];
            world.database.transaction().executeWithoutResult(page -> {
                GroupLock.take(world.database, ids.get(0));
                end[0] = CompletableFuture.runAsync(() -> world.runs.endReplay(Flow.NAME));
                await().atMost(Duration.ofSeconds(30)).until(() -> world.count("pg_locks where not granted") > 0);
                assertThat(world.database
                                .jdbc()
                                .queryForList(
                                        "select id from finding_group where id = ? for update skip locked", ids.get(1)))
                        .hasSize(1);
            });
            end[0].orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(world.count("finding_group where pending and held is null"))
                    .isEqualTo(2);
        }
    }
}
