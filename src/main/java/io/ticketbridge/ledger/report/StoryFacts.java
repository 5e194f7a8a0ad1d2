package io.ticketbridge.ledger.report;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ledger.report.Subjects.Subject;
import io.ticketbridge.ledger.ticket.Suppressions;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.LeftOpen;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is so now of a group or finding, in words. */
final class StoryFacts {
    /** Suppressed findings that are told of a whole group. */
    private static final int MOST = 5;

    private final LedgerDatabase database;
    private final Settings settings;
    private final Instant now;
    private final Supplier<Backlog> backlog;

    /**
     * @param now what dates are compared with
     * @param backlog asked only where something waits
     */
    StoryFacts(LedgerDatabase database, Settings settings, Instant now, Supplier<Backlog> backlog) {
        this.database = database;
        this.settings = settings;
        this.now = now;
        this.backlog = backlog;
    }

    Map<String, String> of(Subject subject) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (subject.findingId() != null) {
            finding(subject, facts);
        }
        group(subject, facts);
        return facts;
    }

    private void finding(Subject subject, Map<String, String> facts) {
        database.client()
                .sql("select " + Columns.FINDING + " from finding where id = :id and group_id = :group")
                .param("id", subject.findingId())
                .param("group", subject.groupId())
                .query((row, number) -> {
                    facts.put("finding", subject.findingId().toString());
                    facts.put("check", row.getString("check_id"));
                    facts.put("resource", joined(row.getString("resource_name"), row.getString("resource_uid")));
                    facts.put("account", joined(row.getString("account"), row.getString("region")));
                    facts.put("own severity", Severity.values()[row.getInt("severity")].word());
                    facts.put(
                            "result",
                            Stories.word(Result.values()[row.getInt("result")]) + " since " + time(row, "changed_at")
                                    + ", last news of it in run " + Math.abs(row.getLong("run_id"))
                                    + left(subject));
                    facts.put("message", row.getString("message"));
                    if (row.getInt("result") == Result.SUPPRESSED.ordinal()) {
                        facts.put("suppressed", suppressed(row));
                    }
                    acceptedIn(subject, row.getInt("accepted_in")).ifPresent(fact -> facts.put("accepted", fact));
                    return number;
                })
                .optional();
    }

    private void group(Subject subject, Map<String, String> facts) {
        List<String> tickets = tickets(subject);
        database.client()
                .sql("select " + Columns.FINDING_GROUP + " from finding_group where id = :group")
                .param("group", subject.groupId())
                .query((row, number) -> {
                    Head head = Json.head(row.getString("head"));
                    facts.put("group", row.getString("label") + " (by " + row.getString("grouping") + ")");
                    facts.put("severity", severity(subject, head).word());
                    facts.put("findings", findings(subject) + left(new Subject(subject.groupId(), null)));
                    if (subject.findingId() == null) {
                        suppressions(subject).ifPresent(fact -> facts.put("suppressed", fact));
                    }
                    facts.put("ticket", tickets.isEmpty() ? "none" : String.join("; ", tickets));
                    inStep(subject, head).ifPresent(fact -> facts.put("in step", fact));
                    facts.put("owed", owed(row, tickets.isEmpty()));
                    nextScan(row, subject, head).ifPresent(fact -> facts.put("next scan", fact));
                    return number;
                })
                .single();
    }

    /** As its ticket says it: the worst of what fails now; while nothing does, the last. */
    private Severity severity(Subject subject, Head head) {
        return database.client()
                .sql("select max(severity) from finding where group_id = :group and result = 0 and accepted_in is null")
                .param("group", subject.groupId())
                .query((row, number) -> row.getObject(1) == null ? null : Severity.values()[row.getInt(1)])
                .optional()
                .orElseGet(() -> latest(subject)
                        .filter(ticket -> ticket.phase() != Phase.INTENDED)
                        .map(ticket -> ticket.head().severity())
                        .orElse(head.severity()));
    }

    /** What the source, or the flow's filter, said last of failures that are none to them any more. */
    private String left(Subject subject) {
        StringBuilder said = new StringBuilder();
        database.client()
                .sql(
                        """
                        select e.what, count(*), max(case when e.text like 'last so in run %%'
                            then cast(substring(e.text from 16) as bigint) else e.run_id end) as run from event e
                        join finding f on f.id = e.finding_id and f.group_id = e.group_id and f.result = 0
                        where e.group_id = :group and e.what in ('filtered', 'inconclusive')%s and not exists (
                            select 1 from event later
                            where later.finding_id = e.finding_id and later.group_id = e.group_id and later.id > e.id)
                        group by e.what order by e.what"""
                                .formatted(subject.findingId() == null ? "" : " and e.finding_id = :finding"))
                .param("group", subject.groupId())
                .param("finding", subject.findingId())
                .query(row -> {
                    said.append(subject.findingId() == null ? "; " + row.getLong(2) + " of them " : "; ")
                            .append(
                                    row.getString("what").equals("filtered")
                                            ? "left out by the flow's filter"
                                            : "inconclusive at the source, which is no evidence of a fix,")
                            .append(" in run ")
                            .append(row.getLong("run"));
                });
        return said.toString();
    }

    /** What the source says of a suppression; it decides, whatever became of the date that it names. */
    private String suppressed(ResultSet row) throws SQLException {
        String told = Suppressions.read(row.getString("suppression")).told(now);
        return "at the source since " + time(row, "changed_at") + (told.isEmpty() ? "" : ": " + told)
                + (row.getBoolean("keeps_open")
                        ? ": no evidence of a fix, an open ticket stays open"
                        : ": no ticket is opened");
    }

    private Optional<String> suppressions(Subject subject) {
        List<String> some = database.client()
                .sql("select " + Columns.FINDING
                        + " from finding where group_id = :group and result = 3 order by changed_at, id limit :most")
                .param("group", subject.groupId())
                .param("most", MOST + 1)
                .query((row, number) ->
                        joined(row.getString("resource_name"), row.getString("resource_uid")) + " " + suppressed(row))
                .list();
        if (some.isEmpty()) {
            return Optional.empty();
        }
        String told = String.join("; ", some.subList(0, Math.min(MOST, some.size())));
        return Optional.of(some.size() > MOST ? told + "; and more" : told);
    }

    private Optional<String> acceptedIn(Subject subject, int generation) {
        return generation == 0
                ? Optional.empty()
                : database.client()
                        .sql("select " + Columns.TICKET
                                + " from ticket where group_id = :group and generation = :generation")
                        .param("group", subject.groupId())
                        .param("generation", generation)
                        .query((row, number) -> row.getString("number") + " lists it and "
                                + Tickets.ticket(row, number).acceptance().told())
                        .optional();
    }

    private String findings(Subject subject) {
        long[] counts = new long[Result.values().length];
        database.client()
                .sql("select result, count(*) from finding where group_id = :group group by result")
                .param("group", subject.groupId())
                .query(row -> {
                    counts[row.getInt(1)] = row.getLong(2);
                });
        String text = counts[Result.FAIL.ordinal()] + " fail, " + counts[Result.PASS.ordinal()] + " pass";
        if (counts[Result.SUPPRESSED.ordinal()] > 0) {
            text += ", " + counts[Result.SUPPRESSED.ordinal()] + " suppressed";
        }
        return counts[Result.INCONCLUSIVE.ordinal()] > 0
                ? text + ", " + counts[Result.INCONCLUSIVE.ordinal()] + " inconclusive"
                : text;
    }

    private List<String> tickets(Subject subject) {
        return database.client()
                .sql("select " + Columns.TICKET + ", lead(number) over (order by generation) as followed_by"
                        + " from ticket where group_id = :group order by generation")
                .param("group", subject.groupId())
                .query((row, number) -> {
                    Phase phase = Phase.valueOf(row.getString("phase"));
                    return phase == Phase.INTENDED
                            ? "one of " + row.getString("table_name") + " is intended"
                            : row.getString("number") + " (" + row.getString("table_name") + ", "
                                    + phase.name().toLowerCase(Locale.ROOT) + ", state " + row.getString("state")
                                    + (row.getObject("seen_at") == null ? "" : " as seen at " + time(row, "seen_at"))
                                    + ", opened "
                                    + time(row, "opened_at") + accepted(Tickets.ticket(row, number))
                                    + (phase == Phase.OPEN && row.getString("followed_by") != null
                                            ? "; another was opened beside it: " + row.getString("followed_by")
                                            : "")
                                    + ")";
                })
                .list();
    }

    private static String accepted(Ticket ticket) {
        Acceptance acceptance = ticket.acceptance();
        if (acceptance == null) {
            return "";
        }
        return ", " + acceptance.told().replace("was closed", "closed")
                + (acceptance.over() ? ", which has passed" : "");
    }

    private String owed(ResultSet row, boolean isFirst) throws SQLException {
        if (row.getString("held") != null) {
            return "held: " + row.getString("held") + goesOn(row.getString("flow"), row.getString("held"));
        }
        if (row.getBoolean("dead")) {
            return "dead: refused for good, see the dead letters";
        }
        if (!row.getBoolean("pending")) {
            return "nothing";
        }
        Instant due = Times.of(row, "due_at");
        int attempts = row.getInt("attempts");
        return (isFirst ? "a ticket is to be opened" : "a look, and a write if it finds one due")
                + (attempts == 0 ? "" : "; " + attempts + (attempts == 1 ? " attempt failed" : " attempts failed"))
                + (due.isAfter(now)
                        ? ", not before " + due.truncatedTo(ChronoUnit.SECONDS)
                        : "; it waits for its turn" + inTurn());
    }

    /** What a breaker holds goes on by itself, or at once if a person says so; a circuit waits for what it says. */
    private String goesOn(String flow, String held) {
        if (!held.startsWith("max-")) {
            return "";
        }
        long groups = new HeldList(database)
                .counts().stream()
                        .filter(count ->
                                count.flow().equals(flow) && count.reason().equals(held))
                        .mapToLong(HeldList.Count::groups)
                        .sum();
        return ": " + groups + " of the flow; they go on with its next passes, or at once with release " + flow;
    }

    /** As {@code status} says it. */
    private String inTurn() {
        Backlog waiting = backlog.get();
        return waiting.isLimited() ? ". " + waiting.sentence() : "";
    }

    private Optional<Ticket> latest(Subject subject) {
        return database.client()
                .sql("select " + Columns.TICKET
                        + " from ticket where group_id = :group order by generation desc limit 1")
                .param("group", subject.groupId())
                .query(Tickets::ticket)
                .optional();
    }

    /** When ticket and case last agreed, where both sides are kept in step (P24). */
    private Optional<String> inStep(Subject subject, Head head) {
        return database.client()
                .sql(
                        """
                        select p.agreed_at, p.ended, p.closed, p.generation, t.phase from pair p
                        join ticket t on t.group_id = p.group_id and t.generation = p.generation
                        where p.group_id = :group order by p.generation desc limit 1""")
                .param("group", subject.groupId())
                .query((row, number) -> row.getString("ended") == null
                        ? "both sides agreed at " + time(row, "agreed_at")
                                + (row.getBoolean("closed") ? closed(row, subject, head.check()) : "")
                        : "no more: " + row.getString("ended"))
                .optional();
    }

    /** That both agreed on a closed case closes no ticket (P27). */
    private String closed(ResultSet row, Subject subject, String word) throws SQLException {
        if (exists("finding where group_id = :group and result = 0", subject)) {
            return ", when the " + word + " was closed";
        }
        return Phase.valueOf(row.getString("phase")).isOver()
                ? ", both closed"
                : "; the " + word + " is closed, the ticket stays open"
                        + leftOpen(subject, row.getInt("generation"))
                                .map(why -> ": " + why.setting())
                                .orElse("");
    }

    private Optional<LeftOpen> leftOpen(Subject subject, int generation) {
        return database
                .client()
                .sql(
                        """
                        select reason from action where group_id = :group and generation = :generation and kind = 'updated'
                        order by id desc""")
                .param("group", subject.groupId())
                .param("generation", generation)
                .query(String.class)
                .list()
                .stream()
                .flatMap(reason -> LeftOpen.of(reason).stream())
                .findFirst();
    }

    /** Empty where no scan decides: of a summary ticket, and of a flow that is not in the settings. */
    private Optional<String> nextScan(ResultSet row, Subject subject, Head head) throws SQLException {
        FlowSettings flow = settings.flows().get(row.getString("flow"));
        if (flow == null || head.isStorm()) {
            return Optional.empty();
        }
        NextScan.Group group = new NextScan.Group(
                row.getBoolean("silenced"),
                row.getBoolean("released"),
                row.getBoolean("pending"),
                row.getString("held") != null,
                row.getBoolean("dead"),
                row.getString("loose_end") != null,
                exists("finding where group_id = :group and result = 0 and accepted_in is null", subject),
                exists("finding where group_id = :group and result = 0 and accepted_in is not null", subject),
                exists(
                        """
                        pair where group_id = :group and closed
                          and generation = (select max(generation) from ticket where group_id = :group)""",
                        subject),
                head.subject().map(about -> about.word()).orElse("finding"));
        return Optional.of(NextScan.of(group, latest(subject), flow, now).text());
    }

    private boolean exists(String rows, Subject subject) {
        return database.client()
                .sql("select exists (select 1 from " + rows + ")")
                .param("group", subject.groupId())
                .query(Boolean.class)
                .single();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        Instant time = Times.of(row, column);
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String joined(String first, String second) {
        return second.isBlank() || second.equals(first) ? first : first.isBlank() ? second : first + ", " + second;
    }
}
