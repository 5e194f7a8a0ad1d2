package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.Topics;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.intake.Intakes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ledger in figures, as metrics show it (P32).
 *
 * @param strays records that are in ServiceNow twice and could not be merged yet
 * @param writable whether it takes writes: a standby does not
 */
public record LedgerFigures(Map<String, OfFlow> flows, long strays, Backlog backlog, boolean writable) {
    /** With the waits between them, so many tries take about a quarter of an hour; one that goes through begins the count anew. */
    private static final int STUCK_AFTER = 12;

    /**
     * @param retried owed groups of which an attempt failed
     * @param stuck those that were tried in vain again and again
     * @param dead dead letters that nobody has replayed
     * @param drifted tickets that had drifted from their cases at the last comparison (P26)
     * @param waiting what was sent over HTTP and is not read yet
     * @param underWay findings that were published and that no worker has written yet
     * @param waitingSince when the oldest of what waits came, or null
     * @param oldestOwed since when the oldest of what is owed is due, or null: what was tried in vain is due when it is tried next
     * @param firstBegun where no pass has come to its end yet: when the first of its runs that are kept began, or null
     * @param waitsUntil until when a pass waits for the rate budget; null, or over, if none does
     * @param failing whether the last pass failed
     * @param lastRead when a pass over the source last came to its end, whether it found anything or not, or null
     */
    public record OfFlow(
            long openTickets,
            long owed,
            long retried,
            long stuck,
            long held,
            long dead,
            long drifted,
            long waiting,
            long underWay,
            Instant waitingSince,
            Instant oldestOwed,
            Instant firstBegun,
            Instant lastRead,
            Instant waitsUntil,
            boolean failing) {
        static final OfFlow NOTHING = new OfFlow(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null, null, false);
    }

    /** From one flow to the next along an index: to group all runs of all flows, each of them would be read. */
    static final String NEXT_FLOW = "select flow from run where flow > :last order by flow, id limit 1";

    static final String RUNS_OF =
            """
            select started_at as begun, (select read_at from run where flow = :flow and state in ('delivering', 'done')
                    and read_at is not null order by flow desc, id desc limit 1) as at
            from run where id = (select min(id) from run where flow = :flow)""";

    private record Owed(long groups, long retried, long stuck, Instant oldest) {
        static final Owed NOTHING = new Owed(0, 0, 0, null);
    }

    public OfFlow of(String flow) {
        return flows.getOrDefault(flow, OfFlow.NOTHING);
    }

    /** A few counts by flow, each by its index; none looks at every finding, or at a group that is at rest. */
    public static LedgerFigures of(LedgerDatabase database, RequestBudget budget) {
        Map<String, Long> open =
                counts(database, "select flow, count(*) from ticket where phase = 'OPEN' group by flow");
        Map<String, Long> dead =
                counts(database, "select flow, count(*) from dead_letter where replayed_at is null group by flow");
        Map<String, Long> drifted = counts(
                database,
                "select flow, drifted from reconciliation where id in (select max(id) from reconciliation group by flow)");
        Map<String, Instant> begun = new HashMap<>();
        Map<String, Instant> read = LastEnds.passes(database);
        Set<String> names = new TreeSet<>(read.keySet());
        for (String flow : withRuns(database)) {
            // A run may be a replay's or an import's, and says of the source only where no pass over it has ended yet.
            if (names.add(flow)) {
                database.client().sql(RUNS_OF).param("flow", flow).query(row -> {
                    begun.put(flow, Times.of(row, "begun"));
                    read.put(flow, Times.of(row, "at"));
                });
            }
        }
        Map<String, Long> held =
                counts(database, "select flow, count(*) from finding_group where held >= '' group by flow");
        Map<String, Owed> owed = owed(database);
        Map<String, Long> waiting = Intakes.waiting(database);
        Map<String, Long> underWay = Topics.underWay(database);
        Map<String, Instant> waitingSince = Intakes.waitingSince(database);
        Map<String, Instant> waits = LastEnds.waits(database);
        Set<String> failing = LastEnds.failing(database);
        names.addAll(failing);
        names.addAll(waits.keySet());
        List.of(open, dead, drifted, held, owed, waiting, underWay).forEach(each -> names.addAll(each.keySet()));
        Map<String, OfFlow> flows = new HashMap<>();
        for (String flow : names) {
            Owed now = owed.getOrDefault(flow, Owed.NOTHING);
            flows.put(
                    flow,
                    new OfFlow(
                            open.getOrDefault(flow, 0L),
                            now.groups(),
                            now.retried(),
                            now.stuck(),
                            held.getOrDefault(flow, 0L),
                            dead.getOrDefault(flow, 0L),
                            drifted.getOrDefault(flow, 0L),
                            waiting.getOrDefault(flow, 0L),
                            underWay.getOrDefault(flow, 0L),
                            waitingSince.get(flow),
                            now.oldest(),
                            begun.get(flow),
                            read.get(flow),
                            waits.get(flow),
                            failing.contains(flow)));
        }
        long strays = database.client()
                .sql("select count(*) from stray_record where state not in ('merged', 'unknown')")
                .query(Long.class)
                .single();
        return new LedgerFigures(flows, strays, budget.backlog(), isWritable(database));
    }

    private static List<String> withRuns(LedgerDatabase database) {
        List<String> flows = new ArrayList<>();
        for (Optional<String> next = nextFlow(database, ""); next.isPresent(); next = nextFlow(database, next.get())) {
            flows.add(next.get());
        }
        return flows;
    }

    private static Optional<String> nextFlow(LedgerDatabase database, String last) {
        return database.client()
                .sql(NEXT_FLOW)
                .param("last", last)
                .query(String.class)
                .optional();
    }

    private static boolean isWritable(LedgerDatabase database) {
        try {
            database.requireWritable();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Map<String, Owed> owed(LedgerDatabase database) {
        Map<String, Owed> owed = new HashMap<>();
        database.client()
                .sql(
                        """
                        select flow, count(*) as owed, sum(case when attempts > 0 then 1 else 0 end) as retried,
                            sum(case when attempts >= :stuck then 1 else 0 end) as stuck, min(due_at) as oldest
                        from finding_group where pending = true group by flow""")
                .param("stuck", STUCK_AFTER)
                .query(row -> {
                    owed.put(
                            row.getString("flow"),
                            new Owed(
                                    row.getLong("owed"),
                                    row.getLong("retried"),
                                    row.getLong("stuck"),
                                    Times.of(row, "oldest")));
                });
        return owed;
    }

    private static Map<String, Long> counts(LedgerDatabase database, String sql) {
        Map<String, Long> counts = new HashMap<>();
        database.client().sql(sql).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }
}
