package io.ticketbridge.ledger;

import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Subjects.Subject;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is so now of a group or finding, in words. */
final class StoryFacts {
    private final LedgerDatabase database;

    StoryFacts(LedgerDatabase database) {
        this.database = database;
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
                .sql("select * from finding where id = :id and group_id = :group")
                .param("id", subject.findingId())
                .param("group", subject.groupId())
                .query((row, number) -> {
                    facts.put("finding", subject.findingId().toString());
                    facts.put("check", row.getString("check_id"));
                    facts.put("resource", joined(row.getString("resource_name"), row.getString("resource_uid")));
                    facts.put("account", joined(row.getString("account"), row.getString("region")));
                    facts.put(
                            "result",
                            Stories.word(Result.values()[row.getInt("result")]) + " since " + time(row, "changed_at"));
                    facts.put("message", row.getString("message"));
                    return number;
                })
                .optional();
    }

    private void group(Subject subject, Map<String, String> facts) {
        List<String> tickets = tickets(subject);
        database.client()
                .sql("select * from finding_group where id = :group")
                .param("group", subject.groupId())
                .query((row, number) -> {
                    Head head = Json.head(row.getString("head"));
                    facts.put("group", row.getString("label") + " (by " + row.getString("grouping") + ")");
                    facts.put("severity", head.severity().name().toLowerCase(Locale.ROOT));
                    facts.put("findings", findings(subject));
                    facts.put("ticket", tickets.isEmpty() ? "none" : String.join("; ", tickets));
                    inStep(subject).ifPresent(fact -> facts.put("in step", fact));
                    facts.put("owed", owed(row));
                    facts.put("filter", filter(row, latestPhase(subject)));
                    return number;
                })
                .single();
    }

    private String findings(Subject subject) {
        long[] counts = new long[Result.values().length];
        database.jdbc()
                .query(
                        "select result, count(*) from finding where group_id = ? group by result",
                        row -> {
                            counts[row.getInt(1)] = row.getLong(2);
                        },
                        subject.groupId());
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
                .sql("select * from ticket where group_id = :group order by generation")
                .param("group", subject.groupId())
                .query((row, number) -> {
                    Phase phase = Phase.valueOf(row.getString("phase"));
                    return phase == Phase.INTENDED
                            ? "one of " + row.getString("table_name") + " is intended"
                            : row.getString("number") + " (" + row.getString("table_name") + ", "
                                    + phase.name().toLowerCase(Locale.ROOT) + ", state " + row.getString("state")
                                    + ", opened "
                                    + time(row, "opened_at") + ")";
                })
                .list();
    }

    private static String owed(ResultSet row) throws SQLException {
        if (row.getString("held") != null) {
            return "held: " + row.getString("held");
        }
        if (row.getBoolean("dead")) {
            return "dead: refused for good, see the dead letters";
        }
        if (!row.getBoolean("pending")) {
            return "nothing";
        }
        Instant due = time(row, "due_at");
        int attempts = row.getInt("attempts");
        return attempts == 0
                ? "a look, not before " + due
                : "a look; " + attempts + " attempts failed, the next is due " + due;
    }

    private Optional<Phase> latestPhase(Subject subject) {
        return database.client()
                .sql("select phase from ticket where group_id = :group order by generation desc limit 1")
                .param("group", subject.groupId())
                .query((row, number) -> Phase.valueOf(row.getString("phase")))
                .optional();
    }

    /** When ticket and case last agreed, where both sides are kept in step (P24). */
    private Optional<String> inStep(Subject subject) {
        return database.client()
                .sql(
                        "select agreed_at, ended, closed from pair where group_id = :group order by generation desc limit 1")
                .param("group", subject.groupId())
                .query((row, number) -> row.getString("ended") == null
                        ? "both sides agreed at " + time(row, "agreed_at")
                                + (row.getBoolean("closed") ? ", both closed" : "")
                        : "no more: " + row.getString("ended"))
                .optional();
    }

    /** What the idempotent filter does with the next reading of a failure that did not change. */
    private static String filter(ResultSet row, Optional<Phase> latest) throws SQLException {
        if (row.getBoolean("silenced")) {
            return "unchanged failures are left out: the baseline silenced them";
        }
        if (row.getBoolean("released")) {
            return "unchanged failures pass: the ticket does not block another any more";
        }
        if (row.getString("held") != null) {
            return "unchanged failures pass: a breaker holds the group";
        }
        if (latest.isEmpty()) {
            return "unchanged failures are left out: its ticket is owed already";
        }
        return latest.get() == Phase.OPEN
                ? "unchanged failures are left out: the ticket blocks another"
                : "a failure that comes back is news, and passes";
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        Instant time = Times.of(row, column);
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String joined(String first, String second) {
        return second.isBlank() || second.equals(first) ? first : first.isBlank() ? second : first + ", " + second;
    }
}
