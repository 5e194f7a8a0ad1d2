package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.budget.Urgencies;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which pending groups come next: the most urgent first, and of each rank one of each flow in turn, by when they were due and by label, so that
 * a flow that owes thousands holds up no other. Reads no more of a flow than it may return, and those that somebody works on.
 */
final class DueGroups {
    /** So often at the least all that is owed is looked at from its beginning. */
    static final Duration WHOLE = Duration.ofSeconds(5);

    /**
     * Sorted as the index is, so that the databases read from a place in it and stop. H2 finds that place by the first column alone.
     */
    static final String NEXT =
            """
            select id, due_at, label_key from finding_group
            where pending = true and flow = :flow and urgency = :urgency and due_at <= :now
              and due_at >= :from_at and (due_at, label_key, id) >= (:from_at, :from_label, :from_id)
              and (lease_until is null or lease_until < :now)
            order by pending, flow, urgency, due_at, label_key, id
            limit :most""";

    private static final String NEXT_FLOW =
            """
            select flow from finding_group where pending = true and flow > :behind
            order by pending, flow limit 1""";

    private record Due(UUID id, OffsetDateTime at, String label) {
        private static final Due FIRST = new Due(new UUID(0, 0), Times.sql(Instant.EPOCH), "");
    }

    private record Rank(String flow, int urgency) {}

    private final LedgerDatabase database;
    private final Predicate<String> served;
    /** Before these, everything was settled or is being worked on: with many, PostgreSQL passes over all that it has not vacuumed yet. */
    private final Map<Rank, Due> firsts = new HashMap<>();

    private Instant wholeAt = Instant.EPOCH;
    /** The flow that had the first turn last: where there is room for a few only, the next look begins with another. */
    private String firstTurn = "";

    /** @param served which flows this process delivers for; what is owed of others waits for whoever does */
    DueGroups(LedgerDatabase database, Predicate<String> served) {
        this.database = database;
        this.served = served;
    }

    /**
     * @param leastUrgency the last urgency, as {@link Urgencies} ranks them, that is returned
     * @param most how many at most
     */
    synchronized List<UUID> next(Instant now, int leastUrgency, int most) {
        if (Duration.between(wholeAt, now).abs().compareTo(WHOLE) >= 0) {
            firsts.clear();
            wholeAt = now;
        }
        List<String> flows = inTurn(flowsAtRest(now));
        List<UUID> next = new ArrayList<>();
        for (int urgency = 0; urgency <= Math.min(leastUrgency, Urgencies.LEAST) && next.size() < most; urgency++) {
            List<List<Due>> due = new ArrayList<>();
            for (String flow : flows) {
                due.add(next(new Rank(flow, urgency), now, most - next.size()));
            }
            int longest = due.stream().mapToInt(List::size).max().orElse(0);
            for (int turn = 0; turn < longest && next.size() < most; turn++) {
                int place = turn;
                due.stream()
                        .filter(each -> each.size() > place)
                        .limit(most - next.size())
                        .map(each -> each.get(place).id())
                        .toList()
                        .forEach(next::add);
            }
        }
        return next;
    }

    private List<String> inTurn(List<String> flows) {
        long before =
                flows.stream().filter(flow -> flow.compareTo(firstTurn) <= 0).count();
        Collections.rotate(flows, -(int) before);
        firstTurn = flows.isEmpty() ? "" : flows.get(0);
        return flows;
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

    /** What is due again meanwhile, or was of somebody who died, may stand before: where too little is left, it is looked for at once. */
    private List<Due> next(Rank rank, Instant now, int most) {
        Due first = firsts.getOrDefault(rank, Due.FIRST);
        List<Due> due = behind(first, rank, now, most);
        if (due.size() < most && first != Due.FIRST) {
            due = behind(Due.FIRST, rank, now, most);
        }
        firsts.put(rank, due.isEmpty() ? Due.FIRST : due.get(0));
        return due;
    }

    private List<Due> behind(Due first, Rank rank, Instant now, int most) {
        return database.client()
                .sql(NEXT)
                .param("flow", rank.flow())
                .param("urgency", rank.urgency())
                .param("now", Times.sql(now))
                .param("from_at", first.at())
                .param("from_label", first.label())
                .param("from_id", first.id())
                .param("most", most)
                .query((row, number) ->
                        new Due(row.getObject(1, UUID.class), row.getObject(2, OffsetDateTime.class), row.getString(3)))
                .list();
    }
}
