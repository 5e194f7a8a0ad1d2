package io.ticketbridge.ledger.report;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.report.LedgerReport.FlowStatus;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ledger.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code status} and the console say of flows: what fails before a run begins, too, and what nobody delivers here. */
class StatusOfFlowsTest {
    private static LedgerWorld world(FreshDatabase database) {
        return new LedgerWorld(database.open(), Flow.groupedBy("check"));
    }

    private static FlowStatus of(LedgerWorld world, String flow) {
        return new LedgerReport(world.database)
                .flows().stream()
                        .filter(each -> each.flow().equals(flow))
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_flow_whose_passes_fail_before_they_begin_a_run_says_so(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            world.scan(fail("s3-public", "one"));
            LastEnds ends = world.runs.lastEnds();
            ends.passEnded(Flow.NAME);
            Instant friday = Times.sql(world.clock.instant()).toInstant();
            world.clock.advance(Duration.ofDays(3));
            Instant monday = Times.sql(world.clock.instant()).toInstant();
            assertThat(of(world, Flow.NAME).failing()).isNull();

            ends.passFailed(Flow.NAME, "the key was revoked");
            ends.passFailed("never", "no folder");

            assertThat(of(world, Flow.NAME).state()).isEqualTo("delivering");
            assertThat(of(world, Flow.NAME).failing())
                    .isEqualTo("its last pass failed at " + monday + ", none has ended well since " + friday
                            + ": the key was revoked");
            assertThat(of(world, Flow.NAME).asMap())
                    .containsEntry("failure", "the key was revoked")
                    .containsEntry("failedAt", monday.toString())
                    .containsEntry("lastPass", friday.toString());
            assertThat(of(world, "never").failing()).contains("yet: no folder");
            assertThat(of(world, "never").asMap()).containsEntry("lastRun", null);

            ends.passEnded(Flow.NAME);
            assertThat(of(world, Flow.NAME).asMap()).containsEntry("failedAt", null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dead_are_the_letters_that_wait_as_the_metric_counts_them(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            Run run = world.scan(fail("s3-public", "one"));
            world.deadLetters.unreadable(Flow.NAME, run.id(), "unreadable", "no JSON", "{", Digest.of("one"));
            world.deadLetters.unreadable(Flow.NAME, run.id(), "unreadable", "no JSON", "[", Digest.of("two"));

            assertThat(of(world, Flow.NAME).dead()).isEqualTo(2);
            assertThat(new LedgerReport(world.database).dead()).isEqualTo(Map.of(Flow.NAME, 2L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_owed_of_a_flow_that_nobody_delivers_for_here_takes_no_time(FreshDatabase database) {
        try (LedgerWorld world = world(database)) {
            world.scan(fail("s3-public", "one"));

            assertThat(new RequestBudget(world.database, OptionalInt.of(1), flow -> true, world.clock)
                            .backlog()
                            .requests())
                    .isEqualTo(1);
            assertThat(new RequestBudget(world.database, OptionalInt.of(1), flow -> false, world.clock)
                            .backlog()
                            .requests())
                    .isZero();
        }
    }
}
