package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.Columns;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Text;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Acceptance;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Tickets that a person closed as an accepted risk. What such a ticket lists asks for no other ticket until the acceptance ends: by
 * its date, or because the ticket was reopened or its close code changed. What the ticket does not list is not covered.
 */
final class AcceptedRisks {
    private final LedgerDatabase database;
    private final History history;
    private final Clock clock;

    AcceptedRisks(LedgerDatabase database, History history, Clock clock) {
        this.database = database;
        this.history = history;
        this.clock = clock;
    }

    /** Those that hold. A resolved one that is the latest is among the flow's open tickets already. */
    List<Ticket> of(String flow) {
        return database.client()
                .sql(
                        "select " + Columns.TICKET + " "
                                + """
                        from ticket t where t.accepted_as >= '' and t.flow = :flow and not t.acceptance_over
                          and (t.phase = 'CLOSED' or exists (select 1 from ticket later
                              where later.group_id = t.group_id and later.generation > t.generation))
                        order by t.sys_id""")
                .param("flow", flow)
                .query(Tickets::ticket)
                .list();
    }

    /** Most tickets are as they were: then nothing is written. */
    void seen(Ticket ticket, Phase phase, Acceptance now) {
        Acceptance before = ticket.acceptance();
        if (before == null ? now == null : before.saysTheSameAs(now)) {
            return;
        }
        if (phase == Phase.DELETED && (ticket.phase() == Phase.CLOSED || ticket.phase() == Phase.DELETED)) {
            // Instances archive what was closed long ago. What somebody decided by it stands.
            return;
        }
        database.transaction().executeWithoutResult(status -> {
            GroupLock.take(database, ticket.groupId());
            if (now != null) {
                accept(ticket, now);
            } else {
                takeBack(ticket, phase);
            }
        });
    }

    private void accept(Ticket ticket, Acceptance now) {
        boolean holds = now.holds(clock.instant());
        keep(ticket, now.as(), now, !holds);
        boolean held = ticket.acceptance() != null && !ticket.acceptance().over();
        if (holds && held) {
            history.seen(ticket, ticket.number() + " " + now.told() + " (" + now.as() + ")");
        } else if (holds && hasLater(ticket)) {
            // What still fails is with a later ticket by now.
            history.seen(
                    ticket, ticket.number() + " " + now.told() + " (" + now.as() + "), and a later ticket is there");
        } else if (holds) {
            database.client()
                    .sql(
                            """
                            update finding set accepted_in = :generation where group_id = :group and accepted_in is null
                              and (result = 3 and keeps_open and changed_at >= (select intended_at from ticket
                                    where group_id = :group and generation = :generation)
                                or result = 0 and (listed or version <=
                                  (select shown from finding_group g where g.id = :group))
                                or exists (select 1 from pair p where p.group_id = :group))""")
                    .param("generation", ticket.generation())
                    .param("group", ticket.groupId())
                    .update();
            history.seen(ticket, ticket.number() + " " + now.told() + " (" + now.as() + ")");
        } else if (held || ticket.acceptance() == null) {
            // Its date may have passed before anybody saw that it was accepted.
            release(ticket);
            history.seen(ticket, "the accepted risk has ended: " + now.date());
        }
    }

    private void takeBack(Ticket ticket, Phase phase) {
        keep(ticket, null, null, false);
        if (ticket.acceptance().over()) {
            return;
        }
        release(ticket);
        if (phase == Phase.OPEN) {
            // Somebody works on it again: it blocks as every open ticket does.
            database.client()
                    .sql("update ticket set reached = false where group_id = :group and generation = :generation")
                    .param("group", ticket.groupId())
                    .param("generation", ticket.generation())
                    .update();
        }
        history.seen(
                ticket,
                switch (phase) {
                    case OPEN -> "it is open again: the risk is accepted no longer";
                    case DELETED -> "the record is gone, and with it the accepted risk";
                    default -> "its close code is another now: the risk is accepted no longer";
                });
    }

    /** Those whose date has come let the next scan open the next ticket, whatever status they have. */
    void end(String flow) {
        database.client()
                .sql(
                        "select " + Columns.TICKET + " "
                                + """
                        from ticket t where t.accepted_as >= '' and t.flow = :flow and not t.acceptance_over
                          and t.accepted_until <= :now order by t.group_id""")
                .param("flow", flow)
                .param("now", Times.sql(clock.instant()))
                .query(Tickets::ticket)
                .list()
                .forEach(ticket -> database.transaction().executeWithoutResult(status -> {
                    GroupLock.take(database, ticket.groupId());
                    keep(ticket, ticket.acceptance().as(), ticket.acceptance(), true);
                    release(ticket);
                    history.seen(
                            ticket,
                            "the accepted risk has ended, its date was "
                                    + ticket.acceptance().date() + ": what still fails opens the next ticket");
                }));
    }

    private void keep(Ticket ticket, String as, Acceptance acceptance, boolean over) {
        database.client()
                .sql(
                        """
                        update ticket set accepted_as = :as, accepted_until = :until, acceptance_over = :over,
                            reached = reached or :over
                        where group_id = :group and generation = :generation""")
                .param("as", Text.cut(as, 200), Types.VARCHAR)
                .param(
                        "until",
                        acceptance == null ? null : Times.sql(acceptance.until()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("over", over)
                .param("group", ticket.groupId())
                .param("generation", ticket.generation())
                .update();
    }

    /** Unchanged failures pass the filter again; a later ticket that lists others is told of them as joined. */
    private void release(Ticket ticket) {
        UUID group = ticket.groupId();
        database.client()
                .sql(
                        """
                        update finding_group set released = released or (%s), pending = pending or exists (
                            select 1 from pair p where p.group_id = :group and p.ended is null)
                        where id = :group"""
                                .formatted(TicketRelease.NOTHING_FLAGGED))
                .param("group", group)
                .update();
        database.client()
                .sql(
                        """
                        update finding set accepted_in = null,
                            listed = listed and not :later,
                            version = case when :later then (select shown + 1 from finding_group g where g.id = :group) else version end
                        where group_id = :group and accepted_in = :generation""")
                .param("later", hasLater(ticket))
                .param("group", group)
                .param("generation", ticket.generation())
                .update();
    }

    private boolean hasLater(Ticket ticket) {
        return database.client()
                        .sql("select max(generation) from ticket where group_id = :group")
                        .param("group", ticket.groupId())
                        .query(Integer.class)
                        .single()
                > ticket.generation();
    }
}
