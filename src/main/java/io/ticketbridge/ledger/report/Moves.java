package io.ticketbridge.ledger.report;

import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.report.Story.Event;
import io.ticketbridge.ledger.report.Subjects.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Findings that went from one group to another as the flow's {@code group-by} was changed: the ledger has them in both, and of each row
 * when it came.
 */
final class Moves {
    /** That another group of the flow had it before, as a condition on a row of the finding table. */
    static final String CAME =
            """
            exists (select 1 from finding o join finding_group h on h.id = o.group_id
                join finding_group g on g.id = finding.group_id
                where o.id = finding.id and o.group_id <> finding.group_id and o.first_seen < finding.first_seen
                  and h.flow = g.flow and h.grouping <> g.grouping)""";

    /** Other groups that are named. */
    private static final int MOST = 5;

    private final LedgerDatabase database;
    private final Subject subject;

    Moves(LedgerDatabase database, Subject subject) {
        this.database = database;
        this.subject = subject;
    }

    /** @param run names the run of the flow that began last before a time */
    List<Event> events(Function<Instant, String> run) {
        List<Event> events = new ArrayList<>();
        others("<", "f.first_seen")
                .forEach((at, names) -> events.add(Event.of(
                        at, "moved", "group-by was changed: in " + run.apply(at) + " came from " + said(names))));
        others(">", "o.first_seen")
                .forEach((at, names) -> events.add(Event.of(
                        at, "moved", "group-by was changed: in " + run.apply(at) + " went on to " + said(names))));
        return events;
    }

    /** The groups that had what is in this one now, with their tickets; empty if none had. */
    String from() {
        List<String> names = others("<", "f.first_seen").values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
        return names.isEmpty() ? "" : said(names);
    }

    private static String said(List<String> names) {
        String some = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
        return names.size() > MOST ? some + " and " + (names.size() - MOST) + " more" : some;
    }

    private SortedMap<Instant, List<String>> others(String order, String when) {
        SortedMap<Instant, List<String>> names = new TreeMap<>();
        database.client()
                .sql(
                        """
                        select distinct %s as came_at, h.label, h.grouping, (select t.number from ticket t
                            where t.group_id = h.id order by t.generation desc limit 1) as number
                        from finding f join finding_group g on g.id = f.group_id
                        join finding o on o.id = f.id and o.group_id <> f.group_id and o.first_seen %s f.first_seen
                        join finding_group h on h.id = o.group_id and h.flow = g.flow and h.grouping <> g.grouping
                        where f.group_id = :group%s order by 1, 4, 2"""
                                .formatted(when, order, subject.findingId() == null ? "" : " and f.id = :finding"))
                .param("group", subject.groupId())
                .param("finding", subject.findingId())
                .query(row -> {
                    String number = row.getString("number");
                    names.computeIfAbsent(Times.of(row, "came_at"), at -> new ArrayList<>())
                            .add(row.getString("label") + " (by " + row.getString("grouping") + ", "
                                    + (number == null ? "no ticket" : number) + ")");
                });
        return names;
    }
}
