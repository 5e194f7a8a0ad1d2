package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The latest tickets of a flow's groups and what was last seen of them; a group whose ticket is seen to have come far enough is released. */
public final class OpenTickets {
    /** How long a ticket that was not found is looked for. */
    private static final Duration DOUBTED = Duration.ofDays(30);

    private final LedgerDatabase database;
    private final Clock clock;
    private final History history;
    private final AcceptedRisks accepted;

    public OpenTickets(LedgerDatabase database, History history, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.history = history;
        this.accepted = new AcceptedRisks(database, history, clock);
    }

    /**
     * Those whose state may still change what the policy decides: what is open, and the latest of each group unless it is known to be at
     * its end. A write may have brought one to its end: then it is read once more, and seen there.
     */
    public List<Ticket> of(String flow) {
        return database.client()
                .sql(
                        "select " + Columns.TICKET + " "
                                + """
                        from ticket t where t.flow = :flow and t.sys_id is not null
                          and (t.phase = 'OPEN' or (t.phase = 'RESOLVED' or t.phase = 'CLOSED' and not t.reached)
                              and not exists (select 1 from ticket later where later.group_id = t.group_id and later.generation > t.generation))
                        order by t.sys_id""")
                .param("flow", flow)
                .query(Tickets::ticket)
                .list();
    }

    /** The tables in which the latest tickets of the flow's groups are that are not at their end. */
    public List<String> tables(String flow) {
        return database.client()
                .sql(
                        """
                        select distinct t.table_name from ticket t where t.flow = :flow and t.phase in ('OPEN', 'RESOLVED')
                          and not exists (select 1 from ticket later
                              where later.group_id = t.group_id and later.generation > t.generation)
                        order by t.table_name""")
                .param("flow", flow)
                .query(String.class)
                .list();
    }

    /**
     * Those that were not found of late, as many as one question takes: a user who does not see a record may see it again, and a
     * mistake has to heal. The daily sweep finds the others.
     */
    public List<Ticket> deleted(String flow) {
        return database.client()
                .sql(
                        "select " + Columns.TICKET + " "
                                + """
                        from ticket t where t.flow = :flow and t.sys_id is not null and t.phase = 'DELETED' and t.seen_at > :since
                        order by t.seen_at desc, t.sys_id limit 100""")
                .param("flow", flow)
                .param("since", Times.sql(clock.instant().minus(DOUBTED)))
                .query(Tickets::ticket)
                .list();
    }

    /** Those that are closed as an accepted risk, of whatever generation: as long as that holds, it may be taken back. */
    public List<Ticket> accepted(String flow) {
        return accepted.of(flow);
    }

    AcceptedRisks acceptedRisks() {
        return accepted;
    }

    /** Of these records those that are the latest tickets of the flow's groups. */
    public List<Ticket> latest(String flow, Collection<String> sysIds) {
        return sysIds.isEmpty()
                ? List.of()
                : database.client()
                        .sql(
                                "select " + Columns.TICKET + " "
                                        + """
                                from ticket t where t.flow = :flow and t.sys_id in (:ids)
                                  and not exists (select 1 from ticket later
                                      where later.group_id = t.group_id and later.generation > t.generation)
                                order by t.sys_id""")
                        .param("flow", flow)
                        .param("ids", sysIds)
                        .query(Tickets::ticket)
                        .list();
    }

    /**
     * Records what was seen of a ticket; once it has reached its status, that holds for good (P7). Most tickets are as they were:
     * then nothing is written.
     */
    public void seen(Ticket ticket, Seen seen, boolean reached) {
        seen(ticket, seen, reached, ticket.acceptance());
    }

    /** @param acceptance what the record says of an accepted risk; null if nothing, or if it is open again */
    public void seen(Ticket ticket, Seen seen, boolean reached, Acceptance acceptance) {
        boolean reachedNow = reached && (!ticket.reached() || isFoundAgain(ticket, seen));
        Acceptance asked = seen.phase() == Phase.RESOLVED || seen.phase() == Phase.CLOSED ? acceptance : null;
        if (reachedNow || ticket.phase() != seen.phase() || !seen.state().equals(ticket.state())) {
            // Both or none: what is seen closed is not read again, and its acceptance would be lost.
            database.transaction().executeWithoutResult(status -> {
                if (moved(ticket, seen, reached, reachedNow)) {
                    accepted.seen(ticket, seen.phase(), asked);
                }
            });
        } else {
            accepted.seen(ticket, seen.phase(), asked);
        }
    }

    /**
     * Whoever stood still may have seen less than is known by now: then nothing is written, and the next look sees what is true.
     *
     * @return whether the ticket was still as it was when it was asked for
     */
    private boolean moved(Ticket ticket, Seen seen, boolean reached, boolean reachedNow) {
        return database.transaction().execute(status -> {
            GroupLock.take(database, ticket.groupId());
            int moved = database.client()
                    .sql(
                            """
                            update ticket set state = :state, phase = :phase,
                                reached = :reached or (reached and phase <> 'DELETED'), seen_at = :now
                            where group_id = :group and generation = :generation
                              and phase = :phaseBefore and coalesce(state, '') = :stateBefore""")
                    .param("phaseBefore", ticket.phase().name())
                    .param("stateBefore", Objects.requireNonNullElse(ticket.state(), ""))
                    .param("state", seen.state())
                    .param("phase", seen.phase().name())
                    .param("reached", reached)
                    .param("now", Times.sql(clock.instant()))
                    .param("group", ticket.groupId())
                    .param("generation", ticket.generation())
                    .update();
            if (moved == 0) {
                return false;
            }
            if (isFoundAgain(ticket, seen)) {
                keepInStepAgain(ticket);
            }
            if (ticket.phase() == Phase.OPEN && seen.phase() != Phase.OPEN) {
                forgetWhatItKeptOpen(ticket);
            }
            history.seen(ticket, described(seen) + (reachedNow ? "; it no longer blocks another ticket" : ""));
            // One whose reopening was refused waits for nothing else: what comes back has another ticket once it is
            // closed for good.
            boolean isClosedForGood = seen.phase() == Phase.CLOSED || seen.phase() == Phase.DELETED;
            if (reachedNow || isClosedForGood) {
                database.client()
                        .sql(
                                "update finding_group set released = true, loose_end = case when exists (select 1 from ticket "
                                        + "where group_id = :group and phase = 'OPEN') then loose_end end where id = :group and "
                                        + TicketRelease.NOTHING_FLAGGED
                                        + " and not silenced and (:reachedNow or dead)"
                                        + " and not exists (select 1 from ticket where group_id = :group and generation > :generation)")
                        .param("reachedNow", reachedNow)
                        .param("group", ticket.groupId())
                        .param("generation", ticket.generation())
                        .update();
            }
            return true;
        });
    }

    /**
     * What was suppressed before the latest ticket was opened is on earlier ones, and keeps the latest open only as long as one of them
     * is ({@link TicketRecords}).
     */
    private void forgetWhatItKeptOpen(Ticket ticket) {
        database.client()
                .sql(
                        """
                        update finding set keeps_open = false
                        where group_id = :group and keeps_open
                          and changed_at < (select latest.intended_at from ticket latest
                              where latest.group_id = :group and latest.generation > :generation and not exists (
                                  select 1 from ticket later
                                  where later.group_id = :group and later.generation > latest.generation))
                          and not exists (select 1 from ticket earlier
                              where earlier.group_id = :group and earlier.phase = 'OPEN' and exists (
                                  select 1 from ticket later
                                  where later.group_id = :group and later.generation > earlier.generation))""")
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
    }

    /** Its record is one of another table by now. */
    public void follow(Ticket ticket, String table, String number) {
        database.transaction().executeWithoutResult(status -> {
            database.client()
                    .sql(
                            "update ticket set table_name = :table, number = :number where group_id = :group and generation = :generation")
                    .param("table", table)
                    .param("number", Text.cut(number, 40))
                    .param("group", ticket.groupId())
                    .param("generation", ticket.generation())
                    .update();
            history.seen(ticket, "the record is one of " + table + " now: " + number);
        });
    }

    /** What it once reached counts no more: from now on it blocks as every open ticket does. */
    public void blocksAgain(Ticket ticket) {
        int again = database.client()
                .sql(
                        "update ticket set reached = false where group_id = :group and generation = :generation and reached")
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
        if (again > 0) {
            history.seen(ticket, "it blocks another ticket again");
        }
    }

    private static boolean isFoundAgain(Ticket ticket, Seen seen) {
        return ticket.phase() == Phase.DELETED && seen.phase() != Phase.DELETED;
    }

    /**
     * Its pair ended with it, unless a later ticket took its place; that it is gone is told anew if it ever is. Another version, so that
     * nobody ends it who has looked before; what never agreed on anything stays so.
     */
    private void keepInStepAgain(Ticket ticket) {
        int again = database.client()
                .sql(
                        """
                        update pair set ended = null, seen_mark = '?',
                          version = case when version = 0 then 0 else version + 1 end where group_id = :group and generation = :generation
                          and ended is not null and not exists (
                              select 1 from ticket where group_id = :group and generation > :generation)""")
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
        if (again > 0) {
            database.client()
                    .sql(
                            "delete from carried where group_id = :group and generation = :generation and note_id = 'deleted'")
                    .param("group", ticket.groupId())
                    .param("generation", ticket.generation())
                    .update();
        }
    }

    private static String described(Seen seen) {
        String phase = seen.phase().name().toLowerCase(Locale.ROOT);
        return seen.phase() == Phase.DELETED
                ? "the record is not there any more"
                : "state " + seen.state() + ", " + phase;
    }
}
