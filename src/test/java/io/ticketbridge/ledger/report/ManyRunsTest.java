package io.ticketbridge.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.Plans;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pass every few minutes leaves a run each, for months: neither the chart nor the figures read them all. */
class ManyRunsTest {
    private static final int RUNS = 5_000;
    private static final long DAY = 86_400;

    private final HandClock clock = new HandClock();
    private LedgerDatabase database;

    @AfterEach
    void close() {
        FreshDatabase.close(database);
    }

    @ParameterizedTest
    @EnumSource
    void the_chart_reads_of_each_step_what_the_last_run_of_it_left(FreshDatabase kind) {
        database = kind.open();
        Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        ended("cases", today.minus(Duration.ofDays(70)), 5L);
        ended("cases", today.minus(Duration.ofDays(40)), 4L);
        ended("cases", today.minus(Duration.ofDays(3)), 7L);
        ended("cases", today.minus(Duration.ofDays(3)).plusSeconds(60), 6L);
        ended("cases", today.minus(Duration.ofDays(2)), null);
        ended("cases", today, 1L);
        ended("scc", today.minus(Duration.ofDays(1)), 10L);

        Trend.Steps steps = new Trend(database, clock).of(List.of("cases", "scc"));

        assertThat(steps.hourly()).isFalse();
        assertThat(steps.steps()).hasSize(30);
        assertThat(steps.steps().stream().map(Trend.Step::failing).toList())
                .startsWith(4L, 4L)
                .endsWith(4L, 6L, 6L, 16L, 11L);
    }

    @ParameterizedTest
    @EnumSource
    void the_chart_looks_up_one_run_for_each_step(FreshDatabase kind) {
        database = kind.open();
        fill("cases");
        fill("others");
        Instant from = clock.instant().minus(Duration.ofDays(30));

        String before = plan(Trend.BEFORE, Map.of("flow", "cases", "from", Times.sql(from)));
        String samples = plan(Trend.samples(from.getEpochSecond() / DAY, DAY, 30), Map.of("flow", "cases"));

        for (String plan : List.of(before, samples)) {
            assertThat(plan).contains("run_ended").doesNotContain("seq scan", "run.tablescan");
            assertThat(plan).contains(database.isH2() ? "index sorted" : "index scan backward");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_figures_step_from_flow_to_flow_along_an_index(FreshDatabase kind) {
        database = kind.open();
        fill("cases");
        fill("others");
        ended("by-hand", clock.instant(), 1L);

        for (String plan : List.of(
                plan(LedgerFigures.NEXT_FLOW, Map.of("last", "cases")),
                plan(LedgerFigures.RUNS_OF, Map.of("flow", "by-hand")))) {
            assertThat(plan).contains("run_flow").doesNotContain("seq scan", "run.tablescan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_flow_without_a_pass_is_as_old_as_its_runs_and_one_with_a_pass_as_that(FreshDatabase kind) {
        database = kind.open();
        Instant first = clock.instant();
        for (String flow : List.of("by-hand", "read", "by-hand", "read")) {
            ended(flow, clock.instant(), 1L);
            clock.advance(Duration.ofHours(1));
        }
        new LastEnds(database, clock).ended("pass read");

        LedgerFigures figures =
                LedgerFigures.of(database, new RequestBudget(database, OptionalInt.empty(), flow -> true, clock));

        assertThat(figures.flows()).containsOnlyKeys("by-hand", "read");
        assertThat(figures.of("by-hand").firstBegun()).isEqualTo(first);
        assertThat(figures.of("by-hand").lastRead()).isEqualTo(first.plus(Duration.ofHours(2)));
        assertThat(figures.of("read").firstBegun()).isNull();
        assertThat(figures.of("read").lastRead()).isEqualTo(clock.instant());
    }

    private String plan(String sql, Map<String, ?> parameters) {
        return Plans.of(database, sql, parameters).toLowerCase(Locale.ROOT);
    }

    private void ended(String flow, Instant at, Long failing) {
        database.jdbc()
                .update(
                        """
                        insert into run (flow, scan, state, started_at, seen_at, read_at, ended_at, failing_count)
                        values (?, 'scan', 'done', ?, ?, ?, ?, ?)""",
                        flow,
                        Times.sql(at),
                        Times.sql(at),
                        Times.sql(at),
                        Times.sql(at),
                        failing);
    }

    private void fill(String flow) {
        String numbers = database.isH2() ? "system_range" : "generate_series";
        database.jdbc()
                .update(
                        """
                        insert into run (flow, scan, state, started_at, seen_at, read_at, ended_at, failing_count)
                        select ?, 'scan', 'done', at, at, at, at, 1 from (
                            select cast(? as timestamp with time zone) - n.x * interval '12' minute as at from %s(1, %d) as n(x)) as runs"""
                                .formatted(numbers, RUNS),
                        flow,
                        Times.sql(clock.instant()));
    }
}
