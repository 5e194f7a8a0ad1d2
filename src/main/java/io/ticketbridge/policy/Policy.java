package io.ticketbridge.policy;

import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.finding.Subject;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Breaker;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupState;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a group. Pure: the same arguments always bring the same decision (P7 to P14). */
public final class Policy {
    private static final String CLOSED_FOR_GOOD = " and is closed for good, where ServiceNow takes no more changes";

    private Policy() {}

    /** @param leftOpen an earlier ticket that is still open although another followed */
    public static Decision decide(
            GroupState group,
            Optional<Ticket> latest,
            Optional<Ticket> leftOpen,
            PolicySettings settings,
            Allowance left,
            Instant now) {
        if (group.silenced()) {
            return nothing(latest, "belongs to the backlog that the baseline silenced");
        }
        if (group.failing() + group.accepted() > 0 && latest.isPresent() && isAccepted(latest.get())) {
            Optional<Decision> decided = onceAccepted(group, latest.get(), settings, left, now);
            if (decided.isPresent()) {
                return decided.get();
            }
        }
        if (settings.syncBack() && latest.isPresent() && latest.get().phase() != Phase.INTENDED) {
            return inStep(group, latest.get(), settings, left, now);
        }
        return group.failing() > 0
                ? whileFailing(group, latest, settings, left, now)
                : onceFixed(group, latest, leftOpen, settings, left);
    }

    private static boolean isAccepted(Ticket ticket) {
        return ticket.acceptance() != null && ticket.phase().isOver() && ticket.phase() != Phase.DELETED;
    }

    /** A person's decision is the last word, for what the ticket lists; what it does not list was not decided. */
    private static Optional<Decision> onceAccepted(
            GroupState group, Ticket ticket, PolicySettings settings, Allowance left, Instant now) {
        String accepted = ticket.number() + " " + ticket.acceptance().told();
        if (!ticket.acceptance().holds(now)) {
            accepted += ", which has passed: the next scan decides anew";
        } else if (group.failing() > 0) {
            return Optional.of(open(
                    ticket.generation() + 1,
                    failing(group) + " that " + ticket.number() + ", which "
                            + ticket.acceptance().told() + ", does not list",
                    left));
        }
        // What is kept in step closes the case first.
        boolean closesCase = settings.syncBack() && !group.agreedClosed();
        return closesCase || group.failing() > 0
                ? Optional.empty()
                : Optional.of(nothing(Optional.of(ticket), accepted));
    }

    private static Decision whileFailing(
            GroupState group, Optional<Ticket> latest, PolicySettings settings, Allowance left, Instant now) {
        if (latest.isEmpty()) {
            return open(1, failing(group) + ", no ticket yet", left);
        }
        Ticket ticket = latest.get();
        if (ticket.phase() == Phase.INTENDED) {
            return open(
                    ticket.generation(),
                    failing(group) + ", ServiceNow does not have the ticket that was intended",
                    left);
        }
        if (group.released() && (ticket.phase().isOver() || !isNews(group))) {
            return nothing(
                    latest,
                    failing(group) + ", no scan has flagged it since " + ticket.number() + " stopped blocking another");
        }
        if (ticket.phase() == Phase.DELETED) {
            return open(ticket.generation() + 1, failing(group) + ", " + ticket.number() + " was deleted", left);
        }
        if (group.released()) {
            return new Decision(
                    Action.UPDATE, ticket.generation(), news(group, ticket) + ", " + ticket.number() + " is open");
        }
        if (ticket.reached() && !isOpenForReopening(ticket, settings)) {
            return recurrence(group, ticket, settings, left, now);
        }
        if (isTooOld(ticket, settings, now)) {
            return tooOld(group, ticket, settings, left, now);
        }
        if (isNews(group) || group.isOfAnotherSeverity(ticket)) {
            String stands =
                    ticket.phase() == Phase.OPEN ? " is open" : " has not reached " + settings.newTicketWhenStatus();
            return new Decision(
                    Action.UPDATE, ticket.generation(), news(group, ticket) + ", " + ticket.number() + stands);
        }
        return nothing(latest, "still failing, " + ticket.number() + " covers it");
    }

    /** A person has opened it again, or the status is one of open tickets: there is nothing to reopen. */
    private static boolean isOpenForReopening(Ticket ticket, PolicySettings settings) {
        return settings.onRecurrence() == OnRecurrence.REOPEN && ticket.phase() == Phase.OPEN;
    }

    /** Whatever changed on either side is merged; only a case that comes back after both were closed may need a new ticket. */
    private static Decision inStep(
            GroupState group, Ticket ticket, PolicySettings settings, Allowance left, Instant now) {
        if (ticket.phase() == Phase.DELETED) {
            return nothing(
                    Optional.of(ticket), ticket.number() + " was deleted; what is kept in step is never made again");
        }
        boolean cameBack = group.failing() > 0 && group.agreedClosed();
        if (cameBack && ticket.phase() == Phase.CLOSED) {
            return open(
                    ticket.generation() + 1,
                    "the " + group.head().check() + " is open again, " + ticket.number()
                            + " is closed for good, and ServiceNow lets nobody reopen it",
                    left);
        }
        if (cameBack && ticket.reached() && settings.onRecurrence() == OnRecurrence.NEW_TICKET) {
            return open(
                    ticket.generation() + 1,
                    failing(group) + " again, " + reached(ticket, settings) + asked(settings),
                    left);
        }
        // What somebody has just changed on it reaches the case first: once another took its place, nothing of it does.
        if (group.failing() > 0
                && !ticket.phase().isOver()
                && !group.ticketChanged()
                && isTooOld(ticket, settings, now)) {
            return tooOld(group, ticket, settings, left, now);
        }
        return new Decision(
                Action.SYNC,
                ticket.generation(),
                "the " + group.head().check() + " and " + ticket.number() + " are kept in step");
    }

    private static Decision tooOld(
            GroupState group, Ticket ticket, PolicySettings settings, Allowance left, Instant now) {
        return open(
                ticket.generation() + 1,
                failing(group) + ", " + ticket.number() + " is open since "
                        + Duration.between(ticket.openedAt(), now).toDays() + " days, new-ticket-after-days is "
                        + settings.newTicketAfterDays().getAsInt(),
                left);
    }

    private static Decision recurrence(
            GroupState group, Ticket ticket, PolicySettings settings, Allowance left, Instant now) {
        String reason = whatRecurs(group) + reached(ticket, settings);
        return switch (settings.onRecurrence()) {
            case NEW_TICKET -> open(ticket.generation() + 1, reason + asked(settings), left);
            // Reopened, a ticket that is too old would not block: the next scan would open another beside it (P8).
            case REOPEN -> {
                if (ticket.acceptance() != null) {
                    yield open(
                            ticket.generation() + 1,
                            reason + " and stays closed: its accepted risk is on record",
                            left);
                }
                if (ticket.phase() == Phase.CLOSED) {
                    yield open(ticket.generation() + 1, reason + CLOSED_FOR_GOOD, left);
                }
                yield isTooOld(ticket, settings, now)
                        ? open(
                                ticket.generation() + 1,
                                reason + " and is too old to be reopened" + days(settings),
                                left)
                        : new Decision(Action.REOPEN, ticket.generation(), reason + asked(settings));
            }
            case COMMENT -> {
                if (ticket.phase() == Phase.CLOSED) {
                    yield open(ticket.generation() + 1, reason + CLOSED_FOR_GOOD, left);
                }
                yield isTooOld(ticket, settings, now)
                        ? open(ticket.generation() + 1, reason + " and is too old for a comment" + days(settings), left)
                        : new Decision(Action.UPDATE, ticket.generation(), reason + asked(settings));
            }
        };
    }

    private static String reached(Ticket ticket, PolicySettings settings) {
        return ticket.number() + " has reached " + settings.newTicketWhenStatus();
    }

    private static String asked(PolicySettings settings) {
        return ", on-recurrence is " + settings.onRecurrence();
    }

    private static String days(PolicySettings settings) {
        return ", new-ticket-after-days is " + settings.newTicketAfterDays().getAsInt();
    }

    /** That it came back is said only where something passed or was gone in between: else whoever resolved the ticket looked for a regression. */
    private static String whatRecurs(GroupState group) {
        if (group.head().isStorm()) {
            return failing(group) + ", ";
        }
        if (group.cameBack() == 0 && group.joined() == 0) {
            return failing(group, " still") + " although ";
        }
        if (group.cameBack() == group.failing()) {
            return failing(group) + " again, ";
        }
        return failing(group) + (group.cameBack() > 0 ? ", " + group.cameBack() + " of them again, " : ", ");
    }

    private static Decision onceFixed(
            GroupState group,
            Optional<Ticket> latest,
            Optional<Ticket> leftOpen,
            PolicySettings settings,
            Allowance left) {
        if (latest.isEmpty()) {
            return nothing(
                    latest,
                    group.suppressed() > 0
                            ? "suppressed at the source before a ticket was opened"
                            : "fixed before a ticket was opened");
        }
        Ticket ticket = latest.get();
        boolean isOver = ticket.phase() == Phase.INTENDED || ticket.phase().isOver();
        // An earlier ticket may list what is suppressed, or what a later one was accepted for: it fails on, or may.
        boolean isAllFixed = group.suppressed() == 0 && group.accepted() == 0;
        if (isOver && leftOpen.isPresent() && isAllFixed && settings.resolveWhenFixed()) {
            return resolve(group, leftOpen.get(), left);
        }
        if (ticket.phase() == Phase.INTENDED) {
            return nothing(latest, "fixed before the ticket that was intended was made");
        }
        if (ticket.phase().isOver()) {
            return nothing(
                    latest,
                    whyNothingFails(group) + ", " + ticket.number() + " is done already"
                            + leftOpen.map(older -> ", " + older.number() + " stays open")
                                    .orElse(""));
        }
        if (group.suppressed() > 0) {
            return isNews(group)
                    ? new Decision(
                            Action.UPDATE,
                            ticket.generation(),
                            "suppressed at the source, which is no evidence of a fix, " + ticket.number()
                                    + " stays open")
                    : nothing(latest, "suppressed at the source, " + ticket.number() + " stays open");
        }
        if (!settings.resolveWhenFixed()) {
            return isNews(group)
                    ? new Decision(
                            Action.UPDATE,
                            ticket.generation(),
                            "nothing fails any more, resolve-when-fixed is off, " + ticket.number() + " stays open")
                    : nothing(latest, "nothing fails any more, resolve-when-fixed is off");
        }
        return resolve(group, ticket, left);
    }

    private static String whyNothingFails(GroupState group) {
        if (group.suppressed() > 0) {
            return "suppressed at the source";
        }
        return group.accepted() > 0 ? "what fails is an accepted risk" : "fixed";
    }

    private static Decision resolve(GroupState group, Ticket ticket, Allowance left) {
        if (left.closures() <= 0) {
            return new Decision(Action.HOLD, ticket.generation(), Breaker.CLOSURES_PER_RUN.reason());
        }
        return new Decision(
                Action.RESOLVE,
                ticket.generation(),
                group.head().isStorm() ? "nothing is held any more" : "nothing fails any more");
    }

    private static boolean isTooOld(Ticket ticket, PolicySettings settings, Instant now) {
        return settings.newTicketAfterDays().isPresent()
                && ticket.openedAt() != null
                && !now.isBefore(ticket.openedAt()
                        .plus(Duration.ofDays(settings.newTicketAfterDays().getAsInt())));
    }

    private static boolean isNews(GroupState group) {
        return group.joined() > 0 || group.fixed() > 0 || group.muted() > 0 || group.headChanged();
    }

    private static Decision open(int generation, String reason, Allowance left) {
        return left.opens() > 0
                ? new Decision(Action.OPEN, generation, reason)
                : new Decision(Action.HOLD, generation, left.opening().reason());
    }

    private static Decision nothing(Optional<Ticket> latest, String reason) {
        return new Decision(Action.NOTHING, latest.map(Ticket::generation).orElse(0), reason);
    }

    private static String failing(GroupState group) {
        return failing(group, "");
    }

    /** @param still empty, or the word for it */
    private static String failing(GroupState group, String still) {
        Optional<Subject> subject = group.head().subject();
        if (subject.isPresent()) {
            return "the " + subject.get().word() + " is" + still + " open";
        }
        if (group.head().isStorm()) {
            return "breakers" + still + " hold tickets";
        }
        return group.failing() == 1 ? "1 finding" + still + " fails" : group.failing() + " findings" + still + " fail";
    }

    private static String news(GroupState group, Ticket ticket) {
        List<String> news = new ArrayList<>();
        if (group.joined() > 0 || group.fixed() > 0 || group.muted() > 0) {
            news.add(group.joined() + " joined, " + group.fixed() + " fixed");
            if (group.muted() > 0) {
                news.add(group.muted() + " suppressed at the source");
            }
        } else if (group.headChanged()) {
            news.add("the text changed");
        }
        if (group.isOfAnotherSeverity(ticket)) {
            news.add(group.severityChange(ticket));
        }
        return String.join(", ", news);
    }
}
