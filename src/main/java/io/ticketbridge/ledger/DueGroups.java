package io.ticketbridge.ledger;

import io.ticketbridge.ledger.budget.Urgencies;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which pending groups come next: the most urgent first, then by when they were due and by label. Reads no more of them than
 * it returns, and those that somebody works on.
 */
final class DueGroups {
    /** Sorted as the index is, so that the databases read its beginning and stop. */
    static final String NEXT =
            """
            select id, due_at, label_key from finding_group
            where pending = true and flow = :flow and urgency = :urgency and due_at <= :now
              and (lease_until is null or lease_until < :now)
            order by pending, flow, urgency, due_at, label_key, id
            limit :most""";

    private static final String NEXT_FLOW =
            """
            select flow from finding_group where pending = true and flow > :behind
            order by pending, flow limit 1""";

    private record Due(UUID id, OffsetDateTime at, String label) {
        private static final Comparator<Due> ORDER =
                Comparator.comparing(Due::at).thenComparing(Due::label).thenComparing(Due::id);
    }

    private final LedgerDatabase database;
    private final Predicate<String> served;

    /** @param served which flows this process delivers for; what is owed of others waits for whoever does */
    DueGroups(LedgerDatabase database, Predicate<String> served) {
        this.database = database;
        this.served = served;
    }

    /**
     * @param leastUrgency the last urgency, as {@link Urgencies} ranks them, that is returned
     * @param most how many at most
     */
    List<UUID> next(Instant now, int leastUrgency, int most) {
        List<String> flows = flowsAtRest(now);
        List<UUID> next = new ArrayList<>();
        for (int urgency = 0; urgency <= Math.min(leastUrgency, Urgencies.LEAST) && next.size() < most; urgency++) {
            List<Due> due = new ArrayList<>();
            for (String flow : flows) {
                due.addAll(next(flow, urgency, now, most - next.size()));
            }
            due.stream()
                    .sorted(Due.ORDER)
                    .limit(most - next.size())
                    .map(Due::id)
                    .forEach(next::add);
        }
        return next;
    }

    /** Flows that something is owed of and that nobody reads just now: of those that are read, nothing is handed out yet. */
    private List<String> flowsAtRest(Instant now) {
        Set<String> read = new HashSet<>(database.client()
                .sql("select distinct flow from run where state in ('reading', 'read') and seen_at > :dead")
                .param("dead", Times.sql(now.minus(Runs.SILENCE)))
                .query(String.class)
                .list());
        List<String> flows = new ArrayList<>();
        for (List<String> flow = flowBehind(""); !flow.isEmpty(); flow = flowBehind(flow.get(0))) {
            flow.stream()
                    .filter(each -> served.test(each) && !read.contains(each))
                    .forEach(flows::add);
        }
        return flows;
    }

    private List<String> flowBehind(String flow) {
        return database.client()
                .sql(NEXT_FLOW)
                .param("behind", flow)
                .query(String.class)
                .list();
    }

    private List<Due> next(String flow, int urgency, Instant now, int most) {
        return database.client()
                .sql(NEXT)
                .param("flow", flow)
                .param("urgency", urgency)
                .param("now", Times.sql(now))
                .param("most", most)
                .query((row, number) ->
                        new Due(row.getObject(1, UUID.class), row.getObject(2, OffsetDateTime.class), row.getString(3)))
                .list();
    }
}
