package io.ticketbridge.ledger.ticket;

import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.database.Times;
import io.ticketbridge.ticket.Seen;
import io.ticketbridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Releases groups whose ticket no longer blocks them: what fails in them passes the filter again, and may have another ticket (P7, P8). */
public final class TicketRelease {
    /** Whether nothing is owed that a scan has flagged: else it would be settled as if none had. What a breaker holds is owed, too. */
    static final String NOTHING_FLAGGED =
            """
            held is null and not let_go and not (pending and exists (select 1 from finding flagged
              where flagged.group_id = finding_group.id and flagged.result = 0 and flagged.accepted_in is null
                and flagged.version > finding_group.settled))""";

    private final LedgerDatabase database;
    private final OpenTickets openTickets;
    private final LooseEnds looseEnds;
    private final Watermarks watermarks;
    private final Clock clock;

    public TicketRelease(LedgerDatabase database, OpenTickets openTickets, Watermarks watermarks, Clock clock) {
        this.database = database;
        this.openTickets = openTickets;
        this.looseEnds = new LooseEnds(database, clock);
        this.watermarks = watermarks;
        this.clock = clock;
    }

    /**
     * Where another status counts than with the last pass, what the tickets have reached is judged anew: what was reached under the
     * other one was not this one (P7).
     *
     * @param status {@code new-ticket-when-status}
     * @param reached whether a ticket has reached it, in the state that it is in
     */
    public void judgeAnew(String flow, String status, Predicate<Ticket> reached) {
        String key = flow + "/new-ticket-when-status";
        Optional<String> before = watermarks.of(key);
        if (before.filter(status::equals).isPresent()) {
            return;
        }
        if (before.isPresent()) {
            openTickets.of(flow).stream()
                    // What the end of an accepted risk has set holds whatever the status.
                    .filter(ticket -> ticket.acceptance() == null && ticket.reached() != reached.test(ticket))
                    .forEach(ticket -> {
                        if (ticket.reached()) {
                            openTickets.blocksAgain(ticket);
                        } else {
                            openTickets.seen(ticket, asItWas(ticket), true);
                        }
                    });
        }
        watermarks.move(key, status);
    }

    private static Seen asItWas(Ticket ticket) {
        return new Seen(ticket.sysId(), ticket.number(), ticket.state(), ticket.phase(), ticket.openedAt());
    }

    /** Releases what accepted risks covered whose end has come. */
    public void endAcceptances(String flow) {
        openTickets.acceptedRisks().end(flow);
    }

    /**
     * Releases the groups of which something fails although their latest ticket has reached its status, and nobody is to decide about
     * them: that was seen after the last decision, or the flow asks for something else by now (P7).
     *
     * @param comments whether a comment on the ticket is all that is asked for, as long as it is not closed for good
     */
    public void releaseDone(String flow, boolean comments) {
        looseEnds.release(flow, comments);
    }

    /**
     * Releases the groups whose latest ticket blocks them for so many days or more, whatever its status (P8). One that has reached it
     * may still be all that a recurrence is told to, by a comment (P9).
     *
     * @return how many
     */
    public int releaseOlderThan(String flow, int days) {
        return database.client()
                .sql(
                        """
                        update finding_group set released = true where flow = :flow and not released and not silenced and %s and id in (
                            select t.group_id from ticket t where t.flow = :flow and t.phase in ('OPEN', 'RESOLVED')
                              and t.opened_at <= :since and (t.accepted_as is null or t.acceptance_over)
                              and not exists (select 1 from ticket later
                                  where later.group_id = t.group_id and later.generation > t.generation))"""
                                .formatted(NOTHING_FLAGGED))
                .param("flow", flow)
                .param("since", Times.sql(clock.instant().minus(Duration.ofDays(days))))
                .update();
    }
}
