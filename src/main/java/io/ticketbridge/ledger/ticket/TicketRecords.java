package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Head;
import io.ticketbridge.ticket.Intent;
import io.ticketbridge.ticket.Intent.Kind;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.sql.Types;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What ServiceNow has of a ticket: its record as it was opened, changed, taken over or deleted (P13, P15). */
public final class TicketRecords {
    private final LedgerDatabase database;
    private final Intents intents;
    private final History history;
    private final Clock clock;

    public TicketRecords(LedgerDatabase database, Intents intents, Clock clock) {
        this.database = database;
        this.intents = intents;
        this.history = new History(database, clock);
        this.clock = clock;
    }

    /** Takes over the record that carries the group's key: it becomes its ticket of that generation (P13). */
    public void adopt(GroupCase claimed, int generation, String profile, String table, Seen seen, boolean reached) {
        adopt(claimed, generation, profile, table, seen, reached, null);
    }

    /**
     * Takes over a record that a query found, as the group's first ticket.
     *
     * @return false if it is the ticket of another group, which may have come to be just now
     */
    public boolean adoptFound(GroupCase claimed, String profile, String table, Seen seen, boolean reached) {
        if (isOfAnother(claimed, table, seen.sysId())) {
            return false;
        }
        try {
            adopt(claimed, 1, profile, table, seen, reached, table + "/" + seen.sysId());
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean isOfAnother(GroupCase claimed, String table, String sysId) {
        return database.client()
                        .sql(
                                "select count(*) from ticket where sys_id = :sysId and table_name = :table and group_id <> :group")
                        .param("sysId", sysId)
                        .param("table", table)
                        .param("group", claimed.group().id())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void adopt(
            GroupCase claimed,
            int generation,
            String profile,
            String table,
            Seen seen,
            boolean reached,
            String adopted) {
        UUID group = claimed.group().id();
        database.transaction().executeWithoutResult(status -> {
            // What was intended and refused makes room; nothing hangs on its row.
            database.client()
                    .sql("delete from ticket where group_id = :group and generation <= :generation and sys_id is null")
                    .param("group", group)
                    .param("generation", generation)
                    .update();
            database.client()
                    .sql(
                            """
                        insert into ticket (group_id, generation, flow, profile, table_name, correlation_id, sys_id, number,
                            state, phase, reached, opened_at, intended_at, recorded_at, seen_at, sent_fields, head, adopted)
                        values (:group, :generation, :flow, :profile, :table, :correlation, :sysId, :number,
                            :state, :phase, :reached, :openedAt, :now, :now, :now, '{}', :head, :adopted)""")
                    .param("adopted", adopted, Types.VARCHAR)
                    .param("group", group)
                    .param("generation", generation)
                    .param("flow", claimed.group().flow())
                    .param("profile", profile)
                    .param("table", table)
                    .param("correlation", Ticket.correlationId(group, generation))
                    .param("sysId", seen.sysId())
                    .param("number", seen.number())
                    .param("state", seen.state())
                    .param("phase", seen.phase().name())
                    .param("reached", reached)
                    .param("openedAt", Times.sql(seen.openedAt()))
                    .param("now", Times.sql(clock.instant()))
                    .param("head", Json.write(claimed.group().head()))
                    .update();
        });
    }

    /** The record is not there any more. */
    public void deleted(Ticket ticket) {
        if (ticket.phase() != Phase.DELETED) {
            history.seen(ticket, "the record is not there any more");
        }
        database.client()
                .sql(
                        "update ticket set phase = 'DELETED', seen_at = :now where group_id = :group and generation = :generation")
                .param("now", Times.sql(clock.instant()))
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
    }

    /**
     * ServiceNow has the record: from now on it is known by its sys_id, whatever becomes of its attachments.
     *
     * @param last whether nothing else is owed, so that the group is settled with it
     */
    public void recordOpened(
            GroupCase claimed, Intent intent, Seen seen, Map<String, String> sentFields, String problem, boolean last) {
        database.transaction().executeWithoutResult(status -> {
            showVersion(claimed, intent, last);
            // Of the first generation only what was held for long enough to be suppressed meanwhile.
            if (intent.generation() > 1 || claimed.group().suppressed() > 0) {
                forgetOlderSuppressions(claimed.group().id(), intent);
            }
            StatementSpec update = database.client()
                    .sql(
                            """
                            update ticket set sys_id = :sysId, number = :number, state = :state, phase = :phase,
                                reached = false, opened_at = :openedAt, recorded_at = :now, seen_at = :now,
                                sent_fields = :fields, head = :head, problem = :problem
                            where group_id = :group and generation = :generation""")
                    .param("sysId", seen.sysId())
                    .param("number", seen.number())
                    .param("openedAt", Times.sql(seen.openedAt()));
            record(update, claimed, intent, seen, sentFields, problem, last);
        });
    }

    /**
     * ServiceNow has the change.
     *
     * @param seen what it answered; a ticket that was to be reopened, and that it keeps as it was, is closed for good
     * @param last whether nothing else is owed, so that the group is settled with it
     */
    public void recordChanged(
            GroupCase claimed, Intent intent, Seen seen, Map<String, String> sentFields, String problem, boolean last) {
        database.transaction().executeWithoutResult(status -> {
            showVersion(claimed, intent, last);
            StatementSpec update = database.client()
                    .sql(
                            """
                            update ticket set state = :state, phase = :phase, reached = reached and :stays, seen_at = :now,
                                sent_fields = :fields, head = :head, problem = :problem
                            where group_id = :group and generation = :generation""")
                    .param("stays", intent.kind() != Kind.REOPENED || seen.phase() == Phase.CLOSED);
            record(update, claimed, intent, seen, sentFields, problem, last);
            if (last) {
                database.client()
                        .sql("update finding_group set loose_end = " + LooseEnds.mark(claimed) + " where id = :id")
                        .param("id", claimed.group().id())
                        .update();
            }
        });
    }

    /** Makes the update, with what both bring, and ends the intent that it came of. */
    private void record(
            StatementSpec update,
            GroupCase claimed,
            Intent intent,
            Seen seen,
            Map<String, String> sentFields,
            String problem,
            boolean last) {
        update.param("state", seen.state())
                .param("phase", seen.phase().name())
                .param("now", Times.sql(clock.instant()))
                .param("fields", Json.write(sentFields))
                .param("head", Json.write(headShown(claimed, intent)))
                .param("problem", Text.cut(problem, 4000))
                .param("group", claimed.group().id())
                .param("generation", intent.generation())
                .update();
        intents.ended(intent, last ? "done" : "written", answered(seen, problem));
    }

    /**
     * The text that the write brought, with the severity of what failed then: an older intent that is found again shows what was known
     * when it was sent.
     */
    public static Head headShown(GroupCase claimed, Intent intent) {
        GroupState group = claimed.group();
        Optional<Head> before = claimed.latest().map(Ticket::head);
        if (intent.version() != group.version()) {
            return before.orElse(group.head());
        }
        return group.head()
                .ofSeverity(
                        group.failing() > 0
                                ? group.severity()
                                : before.orElse(group.head()).severity());
    }

    private static String answered(Seen seen, String problem) {
        return seen.number() + ", state " + seen.state() + (problem == null ? "" : "; " + problem);
    }

    /** A worker that was paused for longer than its lease must not write over what another has done since (P15). */
    private void showVersion(GroupCase claimed, Intent intent, boolean last) {
        UUID group = claimed.group().id();
        int shown = database.client()
                .sql("update finding_group set shown = greatest(shown, :version)"
                        + (last ? ", " + Groups.SETTLED + ", loose_end = null" + Groups.LET_GO : "")
                        + " where id = :id and fence = :fence")
                .param("version", intent.version())
                .param("id", group)
                .param("fence", claimed.fence())
                .update();
        if (shown == 0) {
            throw new LeaseLost(group);
        }
    }

    /**
     * They keep no ticket open that does not list them; what was suppressed since keeps this one open. An earlier ticket that is
     * open may list them: as long as it is, they are kept, and the later one waits with it.
     */
    private void forgetOlderSuppressions(UUID group, Intent intent) {
        database.client()
                .sql(
                        """
                        update finding set keeps_open = false
                        where group_id = :group and keeps_open and version <= :version and not exists (
                            select 1 from ticket t
                            where t.group_id = :group and t.generation < :generation and t.phase = 'OPEN')""")
                .param("group", group)
                .param("version", intent.version())
                .param("generation", intent.generation())
                .update();
    }
}
