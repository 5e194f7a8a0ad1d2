package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Known failures that a page neither names as such nor ends: the source can't tell any more, or the flow's filter leaves them out. They
 * fail still, to the ledger; that is kept for whoever asks why (P31). Of what is said again and again only the first and the last time are.
 */
final class StillFailing {
    static final String INCONCLUSIVE = "inconclusive";
    static final String FILTERED = "filtered";

    private final Map<UUID, String> said = new LinkedHashMap<>();
    private final Set<UUID> arrived = new LinkedHashSet<>();

    /** It came as far as the idempotent filter. */
    void arrives(UUID identity) {
        arrived.add(identity);
    }

    void isInconclusive(UUID identity) {
        said.put(identity, INCONCLUSIVE);
    }

    /** What of these came no further than the flow's filter, or a step before it. */
    void filtered(Set<UUID> identities) {
        identities.stream()
                .filter(identity -> !arrived.contains(identity))
                .forEach(identity -> said.put(identity, FILTERED));
    }

    /** A row of the event table for each failure. */
    List<Object[]> events(long run, Function<UUID, List<FindingRow>> rows, Instant now) {
        List<Object[]> events = new ArrayList<>();
        said.forEach((identity, what) -> rows.apply(identity).stream()
                .filter(row -> row.result() == Result.FAIL && !row.isOver())
                .forEach(row ->
                        events.add(new Object[] {row.groupId(), identity, null, run, what, "", Times.sql(now)})));
        return events;
    }

    /** @param events as {@link #events} made them */
    static void write(JdbcTemplate jdbc, List<Object[]> events) {
        if (events.isEmpty()) {
            return;
        }
        int[] again = Arrays.stream(Batches.send(
                        jdbc,
                        """
                        update event set text = case when run_id = ? then text else ? end
                        where what = ? and id = (select max(id) from event where group_id = ? and finding_id = ?)""",
                        events.stream()
                                .map(event -> new Object[] {
                                    event[3], "last so in run " + event[3], event[4], event[0], event[1]
                                })
                                .toList()))
                .flatMapToInt(Arrays::stream)
                .toArray();
        List<Object[]> first = new ArrayList<>();
        for (int i = 0; i < again.length; i++) {
            if (again[i] == 0) {
                first.add(events.get(i));
            }
        }
        History.write(jdbc, first);
    }
}
