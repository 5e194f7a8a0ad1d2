package io.ticketbridge.ledger;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Suppression;
import io.ticketbridge.ledger.database.Batches;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps what no other table says and {@code explain} is asked for: what changed, and what was decided (P14, P31). */
public final class History {
    public static final String HELD = "held";

    private static final String INSERT =
            "insert into event (group_id, finding_id, generation, run_id, what, text, at) values (?, ?, ?, ?, ?, ?, ?)";

    private final LedgerDatabase database;
    private final Clock clock;

    public History(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a decision that writes nothing, and why. One that says the same as the last is not kept again; those that write are
     * kept with the write.
     */
    public void decided(GroupCase claimed, Decision decision) {
        Action action = decision.action();
        if (action != Action.HOLD && action != Action.NOTHING) {
            return;
        }
        UUID group = claimed.group().id();
        String what = action == Action.HOLD ? HELD : action.name().toLowerCase(Locale.ROOT);
        String text = Text.cut(decision.reason(), 2000);
        database.client()
                .sql(
                        """
                        insert into event (group_id, generation, run_id, what, text, at)
                        select g.id, cast(:generation as int), cast(:run as bigint), cast(:what as varchar), cast(:text as varchar),
                            cast(:now as timestamp with time zone) from finding_group g
                        where g.id = :group and not exists (
                            select 1 from event e where e.what = :what and e.text = :text and e.id = (
                                select max(last.id) from event last where last.group_id = g.id and last.finding_id is null)
                              and not exists (select 1 from action a where a.group_id = g.id and a.intended_at >= e.at))""")
                .param("generation", decision.generation())
                .param("run", claimed.group().runId())
                .param("what", what)
                .param("text", text)
                .param("now", Times.sql(clock.instant()))
                .param("group", group)
                .update();
    }

    /** Somebody or something else changed the ticket: what was seen of it differs from what was known. */
    public void seen(Ticket ticket, String text) {
        database.jdbc()
                .update(
                        INSERT,
                        ticket.groupId(),
                        null,
                        ticket.generation(),
                        null,
                        "seen",
                        Text.cut(text, 2000),
                        Times.sql(clock.instant()));
    }

    /** A record that was there already became the group's ticket (P13). */
    public void adopted(GroupCase claimed, int generation, String text) {
        database.jdbc()
                .update(
                        INSERT,
                        claimed.group().id(),
                        null,
                        generation,
                        claimed.group().runId(),
                        "adopted",
                        Text.cut(text, 2000),
                        Times.sql(clock.instant()));
    }

    /** One and the same thing happened to many groups. */
    public void ofGroups(List<UUID> groups, Long run, String what, String text) {
        OffsetDateTime now = Times.sql(clock.instant());
        Batches.write(database, INSERT, groups, group -> new Object[] {group, null, null, run, what, text, now});
    }

    /** A finding in one of its groups came to another result, or says something else. */
    public static Object[] changed(UUID group, UUID finding, long run, Result before, Finding now, OffsetDateTime at) {
        return before == now.result() && now.result() != Result.SUPPRESSED
                ? new Object[] {group, finding, null, run, "changed", "", at}
                : came(group, finding, run, now, at);
    }

    /** What it came to; with what the source says of it, where it is suppressed. */
    public static Object[] came(UUID group, UUID finding, long run, Finding now, OffsetDateTime at) {
        String said = Suppression.of(now).map(Suppression::told).orElse("");
        return new Object[] {group, finding, null, run, word(now.result()), Text.cut(said, 2000), at};
    }

    /** A complete scan does not name the failure any more (P11). */
    public static Object[] absent(UUID group, UUID finding, long run, OffsetDateTime at) {
        return new Object[] {group, finding, null, run, "absent", "", at};
    }

    /** Inside the transaction that writes what the events are about. */
    public static void write(JdbcTemplate jdbc, List<Object[]> events) {
        if (!events.isEmpty()) {
            jdbc.batchUpdate(INSERT, events);
        }
    }

    private static String word(Result result) {
        return switch (result) {
            case FAIL -> "fails";
            case PASS -> "passes";
            case INCONCLUSIVE -> "inconclusive";
            case SUPPRESSED -> "suppressed";
        };
    }
}
