package io.ticketbridge.ledger.report;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the next scan makes of a failure that did not change: whether the filter lets it pass, and what the policy decides then (P7 to P9). It
 * judges as they do, by what the ledger knows now: a breaker may hold what it says, and a ticket may have come further. Pure.
 */
final class NextScan {
    enum Outcome {
        /** ServiceNow is not written to. */
        NOTHING,
        /** A ticket that there is not yet. */
        OPENS,
        REOPENS,
        COMMENTS,
        /** A ticket that is open hears of it. */
        JOINS,
        /** What is held is asked for again. */
        ASKS_AGAIN
    }

    /** @param text with the setting that decides, and its value */
    record Said(Outcome outcome, String text) {}

    /**
     * @param looseEnd whether its ticket was done when it was settled
     * @param failing whether something fails that asks for a ticket
     * @param accepted whether something fails that its ticket was closed as an accepted risk of
     * @param agreedClosed whether case and ticket were both closed when they were last in step
     * @param word what it is about: a case, an alert, else a finding
     */
    record Group(
            boolean silenced,
            boolean released,
            boolean pending,
            boolean held,
            boolean dead,
            boolean looseEnd,
            boolean failing,
            boolean accepted,
            boolean agreedClosed,
            String word) {}

    private static final String FOR_GOOD = " is closed for good, where ServiceNow takes no more changes";

    private final Group group;
    private final Ticket ticket;
    private final FlowSettings flow;
    private final Instant now;

    private NextScan(Group group, Ticket ticket, FlowSettings flow, Instant now) {
        this.group = group;
        this.ticket = ticket;
        this.flow = flow;
        this.now = now;
    }

    /** @param latest the ticket of the group's last generation */
    static Said of(Group group, Optional<Ticket> latest, FlowSettings flow, Instant now) {
        return new NextScan(group, latest.orElse(null), flow, now).said();
    }

    private Said said() {
        if (group.silenced) {
            return nothing("it belongs to the backlog that the baseline silenced; what starts to fail is news");
        }
        if (isCovered()) {
            return nothing(ticket.number() + " " + ticket.acceptance().told());
        }
        if (flow.syncBack() && ticket != null && ticket.phase() != Phase.INTENDED) {
            return inStep();
        }
        if (!group.failing && !isEnded()) {
            return news();
        }
        if (group.held) {
            return new Said(Outcome.ASKS_AGAIN, "an unchanged failure asks again for what is held");
        }
        if (group.released) {
            return flagged();
        }
        if (group.pending) {
            return nothing("what is owed already comes first");
        }
        if (isReleasedFirst()) {
            return flagged();
        }
        if (group.dead) {
            return nothing("ServiceNow refused "
                    + (ticket == null || ticket.phase() == Phase.INTENDED ? "to open its ticket" : "the last write")
                    + " for good; replay, or news of it, tries again");
        }
        return blocked();
    }

    private boolean isCovered() {
        return group.accepted
                && !group.failing
                && ticket != null
                && ticket.acceptance() != null
                && ticket.acceptance().holds(now)
                && (group.agreedClosed || !flow.syncBack());
    }

    /** What was accepted asks for a ticket again, with the next pass. */
    private boolean isEnded() {
        return group.accepted
                && ticket != null
                && ticket.acceptance() != null
                && !ticket.acceptance().holds(now);
    }

    /** What a pass does before it reads: it lets pass what no ticket blocks any more. One that is closed is read once more, and seen so. */
    private boolean isReleasedFirst() {
        return ticket != null
                && (isEnded()
                        || !ticket.phase().equals(Phase.INTENDED)
                                && ticket.phase() != Phase.DELETED
                                && isTooOldToBlock()
                        || ticket.phase() == Phase.CLOSED && !ticket.reached()
                        || group.looseEnd
                                && ticket.reached()
                                && (flow.onRecurrence() != OnRecurrence.COMMENT
                                        || ticket.phase() == Phase.CLOSED
                                        || ticket.phase() == Phase.DELETED));
    }

    private boolean isTooOldToBlock() {
        return ticket.phase() != Phase.CLOSED && isTooOld();
    }

    /** As the policy decides of what passes the filter. */
    private Said flagged() {
        if (ticket == null || ticket.phase() == Phase.INTENDED) {
            return new Said(Outcome.OPENS, failure() + " opens its ticket: there is none yet");
        }
        if (ticket.phase() == Phase.DELETED) {
            return opens(ticket.number() + " was deleted");
        }
        boolean hasReached = ticket.reached() || ticket.phase() == Phase.CLOSED;
        if (hasReached && !(flow.onRecurrence() == OnRecurrence.REOPEN && ticket.phase() == Phase.OPEN)) {
            return recurrence();
        }
        return isTooOld() ? opens(ticket.number() + " is open since " + days()) : blocked();
    }

    private Said recurrence() {
        String reached = ticket.number() + " has reached " + status();
        String setting = ", on-recurrence is " + flow.onRecurrence();
        if (flow.onRecurrence() == OnRecurrence.NEW_TICKET) {
            return opens(reached + setting);
        }
        if (flow.onRecurrence() == OnRecurrence.REOPEN && ticket.acceptance() != null) {
            return opens(ticket.number() + " stays closed: its accepted risk is on record");
        }
        if (ticket.phase() == Phase.CLOSED) {
            return opens(ticket.number() + FOR_GOOD);
        }
        if (isTooOld()) {
            return opens(reached + " and is too old for more, new-ticket-after-days is "
                    + flow.newTicketAfterDays().getAsInt());
        }
        return flow.onRecurrence() == OnRecurrence.REOPEN
                ? new Said(
                        Outcome.REOPENS,
                        failure() + " reopens " + ticket.number() + ": it has reached " + status() + setting)
                : new Said(
                        Outcome.COMMENTS,
                        failure() + " comments on " + ticket.number() + ": it has reached " + status() + setting);
    }

    /** Nothing of it passes the filter. */
    private Said blocked() {
        if (ticket == null || ticket.phase() == Phase.INTENDED || ticket.phase() == Phase.DELETED) {
            return nothing("only news of it is decided about");
        }
        if (ticket.reached() && flow.onRecurrence() == OnRecurrence.COMMENT) {
            return nothing(ticket.number()
                    + " was told of it, on-recurrence is comment; once it is closed for good, another is opened"
                    + until());
        }
        boolean hasReached = ticket.reached() && flow.onRecurrence() != OnRecurrence.REOPEN;
        return nothing(
                ticket.number() + " covers it" + (hasReached ? "" : " until it has reached " + status()) + until());
    }

    /** Of what fails when nothing fails now. */
    private Said news() {
        if (ticket != null && ticket.phase() == Phase.RESOLVED && !ticket.reached() && !isTooOld()) {
            return new Said(
                    Outcome.JOINS,
                    failure() + " is told to " + ticket.number() + "; once that has reached " + status()
                            + ", on-recurrence decides, which is " + flow.onRecurrence());
        }
        Said said = flagged();
        return said.outcome == Outcome.NOTHING
                ? new Said(Outcome.JOINS, failure() + " joins " + ticket.number() + ", which is open")
                : said;
    }

    /** What is kept in step has one ticket, whatever changes; another only if it comes back, or by age. */
    private Said inStep() {
        String number = ticket.number();
        if (ticket.phase() == Phase.DELETED) {
            return new Said(
                    Outcome.NOTHING,
                    "the " + group.word + " opens no other ticket: " + number
                            + " was deleted, and what is kept in step is never made again");
        }
        if (group.agreedClosed && ticket.phase().isOver()) {
            String again = "once the " + group.word + " is open again, it ";
            if (ticket.phase() == Phase.CLOSED) {
                return new Said(Outcome.OPENS, again + "opens another ticket: " + number + FOR_GOOD);
            }
            String setting = ", on-recurrence is " + flow.onRecurrence();
            if (flow.onRecurrence() == OnRecurrence.NEW_TICKET) {
                return ticket.reached()
                        ? new Said(
                                Outcome.OPENS,
                                again + "opens another ticket: " + number + " has reached " + status() + setting)
                        : new Said(
                                Outcome.REOPENS,
                                again + "reopens " + number + "; or, if that has reached " + status()
                                        + " by then, opens another" + setting);
            }
            return new Said(Outcome.REOPENS, again + "reopens " + number + setting);
        }
        if (group.failing && ticket.phase() == Phase.OPEN && isTooOld()) {
            return new Said(
                    Outcome.OPENS,
                    "the " + group.word + " opens another ticket when it is read again: " + number + " is open since "
                            + days());
        }
        return new Said(
                Outcome.NOTHING,
                "the " + group.word + " opens no other ticket: it and " + number + " are kept in step"
                        + (group.failing && ticket.phase() == Phase.OPEN ? until() : ""));
    }

    private String failure() {
        return group.failing || isEnded()
                ? "an unchanged failure"
                : ticket == null ? "a failure" : "a failure that comes back";
    }

    private Said nothing(String why) {
        return new Said(Outcome.NOTHING, "an unchanged failure opens nothing: " + why);
    }

    private Said opens(String why) {
        return new Said(Outcome.OPENS, failure() + " opens another ticket: " + why);
    }

    private String status() {
        return flow.newTicketWhenStatus() + " (new-ticket-when-status)";
    }

    private boolean isTooOld() {
        return oldAt().filter(at -> !now.isBefore(at)).isPresent();
    }

    private Optional<Instant> oldAt() {
        return flow.newTicketAfterDays().isEmpty() || ticket.openedAt() == null
                ? Optional.empty()
                : Optional.of(ticket.openedAt()
                        .plus(Duration.ofDays(flow.newTicketAfterDays().getAsInt())));
    }

    private String days() {
        return Duration.between(ticket.openedAt(), now).toDays() + " days, new-ticket-after-days is "
                + flow.newTicketAfterDays().getAsInt();
    }

    /** When its age lets another be opened, if ever. */
    private String until() {
        return oldAt().map(at -> "; from " + at.truncatedTo(ChronoUnit.SECONDS)
                        + " on another is opened, new-ticket-after-days is "
                        + flow.newTicketAfterDays().getAsInt())
                .orElse("");
    }
}
