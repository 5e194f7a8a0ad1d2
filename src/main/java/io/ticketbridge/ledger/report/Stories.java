package io.ticketbridge.ledger.report;

import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.report.Story.Event;
import io.ticketbridge.ledger.report.Subjects.Subject;
import io.ticketbridge.ticket.Head;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Tells what the ledger knows of one thing, in order, with the cause of every write (P31). Reads only. */
public final class Stories {
    private record ReadBy(long id, String scan) {
        String said() {
            return "run " + id + " (" + scan + ")";
        }
    }

    private final LedgerDatabase database;
    private final Clock clock;
    private final Settings settings;
    private final UnaryOperator<String> masked;

    /** @param masked takes secrets out of what was sent and answered (P37) */
    public Stories(LedgerDatabase database, Clock clock, Settings settings, UnaryOperator<String> masked) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.masked = masked;
    }

    public Story of(Subject subject) {
        NavigableMap<Instant, ReadBy> runs = runs(subject);
        Moves moves = new Moves(database, subject);
        List<Event> events = new ArrayList<>(firstSeen(subject, runs));
        events.addAll(moves.events(at -> named(runs.floorEntry(at))));
        events.addAll(changes(subject, runs));
        events.addAll(decisions(subject));
        events.addAll(writes(subject, moves.from()));
        events.addAll(sourceWrites(subject));
        events.addAll(deadLetters(subject));
        events.sort(Comparator.comparing(Event::at));
        return database.client()
                .sql("select flow, label, head, grouping from finding_group where id = :group")
                .param("group", subject.groupId())
                .query((row, number) -> {
                    Head head = Json.head(row.getString("head"));
                    Map<String, String> facts =
                            new StoryFacts(database, settings, clock.instant(), this::backlog).of(subject);
                    facts.putAll(new FlowReads(database, settings)
                            .of(subject, row.getString("flow"), row.getString("grouping")));
                    return new Story(
                            subject.groupId(),
                            subject.findingId(),
                            row.getString("flow"),
                            head.title().isBlank() ? row.getString("label") : head.title(),
                            facts,
                            events);
                })
                .single();
    }

    private Backlog backlog() {
        return new RequestBudget(database, settings.serviceNow().requestsPerHour(), settings::delivers, clock)
                .backlog();
    }

    /** The flow's runs by when they began, so that what was seen first can be told by its time. */
    private NavigableMap<Instant, ReadBy> runs(Subject subject) {
        NavigableMap<Instant, ReadBy> runs = new TreeMap<>();
        database.client()
                .sql(
                        "select id, scan, started_at from run where flow = (select flow from finding_group where id = :group)")
                .param("group", subject.groupId())
                .query((row, number) ->
                        runs.put(Times.of(row, "started_at"), new ReadBy(row.getLong("id"), row.getString("scan"))))
                .list();
        return runs;
    }

    private List<Event> firstSeen(Subject subject, NavigableMap<Instant, ReadBy> runs) {
        Map<Long, Long> counts = new LinkedHashMap<>();
        Map<Long, Instant> times = new LinkedHashMap<>();
        Map<Long, String> names = new LinkedHashMap<>();
        ofSubject(
                        """
                        select first_seen, count(*) as found from finding where group_id = :group%s and not %s and not exists (
                            select 1 from event e where e.finding_id = finding.id and e.group_id = finding.group_id
                              and e.what = 'suppressed' and e.at = finding.first_seen)
                        group by first_seen order by 1"""
                                .formatted("%s", Moves.CAME),
                        subject)
                .query((row, number) -> {
                    Instant at = Times.of(row, "first_seen");
                    Map.Entry<Instant, ReadBy> run = runs.floorEntry(at);
                    long id = run == null ? 0 : run.getValue().id();
                    counts.merge(id, row.getLong("found"), Long::sum);
                    times.putIfAbsent(id, at);
                    names.put(id, named(run));
                    return at;
                })
                .list();
        List<Event> events = new ArrayList<>();
        counts.forEach((run, count) -> events.add(Event.of(
                times.get(run),
                "read",
                findings(subject, count) + " for the first time in " + names.get(run) + " and "
                        + (count == 1 ? "fails" : "fail"))));
        return events;
    }

    private static String named(Map.Entry<Instant, ReadBy> run) {
        return run == null ? "a run that is forgotten" : run.getValue().said();
    }

    private List<Event> changes(Subject subject, NavigableMap<Instant, ReadBy> runs) {
        Map<Long, String> names = new LinkedHashMap<>();
        runs.values().forEach(run -> names.put(run.id(), run.said()));
        return ofSubject(
                        """
                        select what, run_id, count(*) as found, min(at) as at, max(text) as text from event
                        where group_id = :group and finding_id is not null%s group by what, run_id""",
                        subject)
                .query((row, number) -> {
                    long count = row.getLong("found");
                    String run = names.getOrDefault(row.getLong("run_id"), "a run that is forgotten");
                    String what = row.getString("what");
                    return Event.of(
                            Times.of(row, "at"),
                            what.equals("absent") ? what : "read",
                            what.equals("absent")
                                    ? (subject.findingId() != null
                                                    ? "it is"
                                                    : count + (count == 1 ? " finding is" : " findings are"))
                                            + " gone: the complete scan of " + run + " does not name "
                                            + (count == 1 ? "it" : "them") + " any more"
                                    : findings(subject, count) + " " + said(what, count > 1, run)
                                            + (count > 1
                                                            || row.getString("text")
                                                                    .isEmpty()
                                                    ? ""
                                                    : ": " + row.getString("text")));
                })
                .list();
    }

    private static String findings(Subject subject, long count) {
        return subject.findingId() != null
                ? "it was read"
                : count + (count == 1 ? " finding was read" : " findings were read");
    }

    private static String said(String what, boolean many, String run) {
        return switch (what) {
            case "fails" -> "in " + run + " and " + (many ? "fail" : "fails") + " again";
            case "passes" -> "in " + run + " and " + (many ? "pass" : "passes");
            case "suppressed" -> "in " + run + " and " + (many ? "are" : "is") + " suppressed at the source";
            case "inconclusive" ->
                "in " + run + " and " + (many ? "are" : "is") + " inconclusive: no evidence either way";
            case "filtered" ->
                "in " + run + " and left out by the flow's filter, or a step before it: what it says of "
                        + (many ? "them" : "it") + " does not count";
            default -> "in " + run + " with another text or severity";
        };
    }

    private List<Event> decisions(Subject subject) {
        return ofGroup(
                        "select what, text, at from event where group_id = :group and finding_id is null order by id",
                        subject)
                .query((row, number) -> Event.of(
                        Times.of(row, "at"),
                        row.getString("what").equals("nothing") ? "decided" : row.getString("what"),
                        row.getString("what").equals("nothing")
                                ? "nothing to do: " + row.getString("text")
                                : row.getString("text")))
                .list();
    }

    /** A write is told when it was intended; a long way to its end is said. */
    private List<Event> writes(Subject subject, String before) {
        return ofGroup(
                        """
                        select a.*, t.number, t.table_name, g.dead,
                            g.pending and g.lease_until > :now as claimed from action a
                        join finding_group g on g.id = a.group_id
                        left join ticket t on t.group_id = a.group_id and t.generation = a.generation
                        where a.group_id = :group order by a.id""",
                        subject)
                .param("now", Times.sql(clock.instant()))
                .query((row, number) -> new Event(
                        Times.of(row, "intended_at"),
                        isMade(row) ? row.getString("kind") : row.getString("state"),
                        (isMade(row) ? "" : meant(row.getString("kind")) + " ") + ticket(row) + ": "
                                + row.getString("reason")
                                + (isFirst(row) && !before.isEmpty() ? " in this group, which came from " + before : "")
                                + ended(row),
                        sent(row),
                        text(row, "answer")))
                .list();
    }

    /** The columns that were sent, one below the other. */
    private String sent(ResultSet row) throws SQLException {
        String request = row.getString("request");
        // One that was too long for its column is no JSON any more.
        if (request == null || !request.startsWith("{\"") || !request.endsWith("}")) {
            return text(row, "request");
        }
        return masked.apply(Json.map(request).entrySet().stream()
                .map(column -> column.getKey() + " = " + column.getValue())
                .collect(Collectors.joining("\n")));
    }

    private static String ticket(ResultSet row) throws SQLException {
        String number = row.getString("number");
        return number == null ? "a record of " + row.getString("table_name") : number;
    }

    private static boolean isFirst(ResultSet row) throws SQLException {
        return row.getString("kind").equals("opened") && row.getInt("generation") == 1;
    }

    /** Whether ServiceNow has it. */
    private static boolean isMade(ResultSet row) throws SQLException {
        return List.of("done", "written").contains(row.getString("state"));
    }

    /** What would have been written. */
    private static String meant(String kind) {
        return switch (kind) {
            case "opened" -> "to open";
            case "updated" -> "to update";
            case "reopened" -> "to reopen";
            case "resolved" -> "to resolve";
            default -> kind;
        };
    }

    private static String ended(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "done" -> "";
            case "intended" -> intended(row);
            case "written" -> " (written; its attachments are not through yet)";
            case "withdrawn" -> " (not there when it was looked up: decided anew)";
            case "refused" -> " (for good: see the dead letter)";
            default -> " (" + row.getString("state") + ")";
        };
    }

    private static String intended(ResultSet row) throws SQLException {
        if (row.getBoolean("dead")) {
            return " (given up: see the dead letter; a replay, or news of the group, tries again)";
        }
        return row.getBoolean("claimed")
                ? " (under way)"
                : " (its answer is not known yet: looked up before anything else)";
    }

    private List<Event> sourceWrites(Subject subject) {
        return ofGroup(
                        "select " + Columns.SOURCE_WRITE + " from source_write where group_id = :group order by id",
                        subject)
                .query((row, number) -> new Event(
                        Times.of(row, "sent_at"),
                        "told",
                        "Vision One, " + row.getString("kind") + ": " + row.getString("reason")
                                + switch (row.getString("state")) {
                                    case "done" -> "";
                                    case "sent" -> " (no answer that it arrived: both sides are compared again)";
                                    case "refused" -> " (refused: it did not arrive, see the dead letter)";
                                    default -> " (" + row.getString("state") + ")";
                                },
                        text(row, "request"),
                        text(row, "answer")))
                .list();
    }

    private List<Event> deadLetters(Subject subject) {
        List<Event> events = new ArrayList<>();
        ofGroup("select " + Columns.DEAD_LETTER + " from dead_letter where group_id = :group order by id", subject)
                .query((row, number) -> {
                    String name = "dead letter " + row.getLong("id");
                    events.add(new Event(
                            Times.of(row, "died_at"),
                            "dead",
                            name + " (" + row.getString("class") + "): " + row.getString("error"),
                            text(row, "raw"),
                            text(row, "answer")));
                    if (row.getObject("replayed_at") != null) {
                        events.add(Event.of(Times.of(row, "replayed_at"), "settled", name + " is done with"));
                    }
                    return name;
                })
                .list();
        return events;
    }

    private String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : masked.apply(text);
    }

    private StatementSpec ofGroup(String sql, Subject subject) {
        return database.client().sql(sql).param("group", subject.groupId());
    }

    private StatementSpec ofSubject(String sql, Subject subject) {
        return subject.findingId() == null
                ? ofGroup(sql.formatted(""), subject)
                : ofGroup(
                                sql.formatted(" and " + (sql.contains("finding_id is not null") ? "finding_id" : "id")
                                        + " = :finding"),
                                subject)
                        .param("finding", subject.findingId());
    }

    /** How a result is said of a finding. */
    static String word(Result result) {
        return switch (result) {
            case FAIL -> "fails";
            case PASS -> "passes";
            case INCONCLUSIVE -> "is inconclusive";
            case SUPPRESSED -> "is suppressed at the source";
        };
    }
}
