package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** How many findings failed and what became of tickets, by hour or by day, up to now. Reads only. */
public final class Trend {
    private static final int HOURS = 24;
    private static final int DAYS = 30;

    /**
     * One hour or day, in UTC.
     *
     * @param failing findings that failed at its end, as the accounts of the runs say
     * @param opened tickets opened or reopened in it
     */
    public record Step(Instant from, long failing, long opened, long resolved) {}

    /** @param hourly whether a step is an hour, else a day */
    public record Steps(boolean hourly, List<Step> steps) {}

    /** Read from the end of an index; ordered by the run's number, all runs since then would be passed over. */
    static final String BEFORE =
            """
            select failing_count from run where flow = :flow and failing_count is not null and ended_at < :from
            order by flow desc, ended_at desc limit 1""";

    private static final String SAMPLES =
            """
            select step, (
                select failing_count from run
                where flow = :flow and failing_count is not null and ended_at >= steps.since and ended_at < steps.until
                order by flow desc, ended_at desc limit 1) as failing
            from (values %s) as steps(step, since, until)""";

    private final LedgerDatabase database;
    private final Clock clock;

    public Trend(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** By the hour until there are two days to look back on. */
    public Steps of(Collection<String> flows) {
        Instant first = database.client()
                .sql("select started_at as first from run where id = (select min(id) from run)")
                .query((row, number) -> Times.of(row, "first"))
                .optional()
                .orElse(clock.instant());
        boolean hourly = first.isAfter(clock.instant().minus(Duration.ofHours(2L * HOURS)));
        long length = hourly ? 3600 : 86_400;
        int count = hourly ? HOURS : DAYS;
        long last = clock.instant().getEpochSecond() / length;
        Instant from = Instant.ofEpochSecond((last - count + 1) * length);
        Map<Long, Long> opened = actions(flows, List.of("opened", "reopened"), from, length);
        Map<Long, Long> resolved = actions(flows, List.of("resolved"), from, length);
        Map<Long, Long> failing = failing(flows, from, length, count);
        List<Step> steps = new ArrayList<>();
        for (long step = last - count + 1; step <= last; step++) {
            steps.add(new Step(
                    Instant.ofEpochSecond(step * length),
                    failing.getOrDefault(step, 0L),
                    opened.getOrDefault(step, 0L),
                    resolved.getOrDefault(step, 0L)));
        }
        return new Steps(hourly, steps);
    }

    private Map<Long, Long> actions(Collection<String> flows, List<String> kinds, Instant from, long length) {
        Map<Long, Long> counts = new HashMap<>();
        if (flows.isEmpty()) {
            return counts;
        }
        database.client()
                .sql(
                        """
                        select step, count(*) as actions from (
                            select cast(floor(extract(epoch from intended_at) / :length) as bigint) as step from action
                            where flow in (:flows) and kind in (:kinds) and intended_at >= :from and state = 'done') as steps
                        group by step""")
                .param("length", length)
                .param("flows", flows)
                .param("kinds", kinds)
                .param("from", Times.sql(from))
                .query(row -> {
                    counts.put(row.getLong("step"), row.getLong("actions"));
                });
        return counts;
    }

    /** Of each flow what its last run until then left; a flow without one in a step is as it was. */
    private Map<Long, Long> failing(Collection<String> flows, Instant from, long length, int count) {
        Map<Long, Long> sums = new HashMap<>();
        long first = from.getEpochSecond() / length;
        String samples = samples(first, length, count);
        for (String flow : flows) {
            Map<Long, Long> known = new HashMap<>();
            database.client().sql(samples).param("flow", flow).query(row -> {
                known.put(row.getLong("step"), row.getObject("failing", Long.class));
            });
            long now = before(flow, from);
            for (long step = first; step < first + count; step++) {
                Long left = known.get(step);
                now = left == null ? now : left;
                sums.merge(step, now, Long::sum);
            }
        }
        return sums;
    }

    /** One look-up for each step: a flow that is read every few minutes has thousands of runs. */
    static String samples(long first, long length, int count) {
        String steps = LongStream.range(first, first + count)
                .mapToObj(step -> "(%d, %s, %s)".formatted(step, at(step * length), at((step + 1) * length)))
                .collect(Collectors.joining(", "));
        return SAMPLES.formatted(steps);
    }

    private static String at(long seconds) {
        return "timestamp with time zone '" + Instant.ofEpochSecond(seconds) + "'";
    }

    private long before(String flow, Instant from) {
        return database.client()
                .sql(BEFORE)
                .param("flow", flow)
                .param("from", Times.sql(from))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
