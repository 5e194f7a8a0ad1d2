package io.ticketbridge.policy;

import io.ticketbridge.config.OnRecurrence;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One group of three findings and its tickets, as simple as it can be: scans say which fail, people end tickets, days pass.
 * The filter is part of it: a scan without news is not decided about, unless the ticket has stopped blocking since.
 */
final class ModelWorld {
    /** @param failing the findings that fail, one bit each */
    record Step(Kind kind, int failing, int days) {
        enum Kind {
            SCAN,
            DAYS,
            RESOLVE,
            CLOSE,
            DELETE
        }

        static Step scan(int failing) {
            return new Step(Kind.SCAN, failing, 0);
        }

        static Step days(int days) {
            return new Step(Kind.DAYS, 0, days);
        }

        static Step person(Kind kind) {
            return new Step(kind, 0, 0);
        }
    }

    private final PolicySettings settings;
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Instant now = Situation.NOW;
    private int failing;
    private int listed;
    private boolean released;
    private int writes;

    ModelWorld(PolicySettings settings) {
        this.settings = settings;
    }

    void take(Step step) {
        story.add(step.toString());
        switch (step.kind()) {
            case SCAN -> scan(step.failing());
            case DAYS -> now = now.plus(Duration.ofDays(step.days()));
            case RESOLVE -> end(Phase.RESOLVED, settings.newTicketWhenStatus().equals("resolved"));
            case CLOSE -> end(Phase.CLOSED, true);
            case DELETE -> end(Phase.DELETED, true);
        }
    }

    private void scan(int now) {
        look();
        boolean aged = latest().filter(ticket -> ticket.phase() == Phase.OPEN || ticket.phase() == Phase.RESOLVED)
                .filter(this::isTooOld)
                .isPresent();
        boolean news = now != failing || (released || aged) && now != 0;
        failing = now;
        if (news) {
            released = false;
            carryOut(decide());
        }
    }

    /** What a pass does before it reads: a ticket that is done, and that nobody has decided about since, lets failures pass the filter. */
    private void look() {
        released |= latest().filter(ticket -> ticket.reached() && !isAnsweredByAComment(ticket))
                .isPresent();
    }

    private boolean isAnsweredByAComment(Ticket ticket) {
        return settings.onRecurrence() == OnRecurrence.COMMENT
                && ticket.phase() != Phase.CLOSED
                && ticket.phase() != Phase.DELETED;
    }

    /** Whether something fails that no ticket blocks, and that no scan would bring to anybody's decision any more. */
    boolean forgets() {
        look();
        return failing != 0
                && !released
                && latest().filter(ticket -> !ticket.reached() || isAnsweredByAComment(ticket))
                        .isEmpty();
    }

    Decision decide() {
        int joined = tickets.isEmpty() ? 0 : Integer.bitCount(failing & ~listed);
        int fixed = tickets.isEmpty() ? 0 : Integer.bitCount(listed & ~failing);
        return Policy.decide(
                Situation.group(Integer.bitCount(failing), 0, joined, fixed, false, false),
                latest(),
                Optional.empty(),
                settings,
                Allowance.UNLIMITED,
                now);
    }

    private void carryOut(Decision decision) {
        story.add(decision.toString());
        switch (decision.action()) {
            case OPEN ->
                tickets.add(
                        Situation.ticket(decision.generation(), "INC" + decision.generation(), Phase.OPEN, false, now));
            case REOPEN -> replaceLatest(Phase.OPEN, false);
            case RESOLVE -> end(Phase.RESOLVED, settings.newTicketWhenStatus().equals("resolved"));
            case UPDATE, HOLD, NOTHING -> {}
        }
        if (decision.action() != Action.NOTHING) {
            listed = failing;
            writes++;
        }
    }

    private void end(Phase phase, boolean reached) {
        latest().filter(ticket -> ticket.phase() != Phase.DELETED && ticket.phase() != Phase.CLOSED)
                .ifPresent(ticket -> {
                    released |= reached && !ticket.reached();
                    replaceLatest(phase, reached || ticket.reached());
                });
    }

    private void replaceLatest(Phase phase, boolean reached) {
        Ticket old = tickets.remove(tickets.size() - 1);
        tickets.add(Situation.ticket(old.generation(), old.number(), phase, reached, old.openedAt()));
    }

    boolean isTooOld(Ticket ticket) {
        return settings.newTicketAfterDays().isPresent()
                && Duration.between(ticket.openedAt(), now).toDays()
                        >= settings.newTicketAfterDays().getAsInt();
    }

    Optional<Ticket> latest() {
        return tickets.isEmpty() ? Optional.empty() : Optional.of(tickets.get(tickets.size() - 1));
    }

    List<Ticket> tickets() {
        return tickets;
    }

    int writes() {
        return writes;
    }

    String story() {
        return settings + "\n" + String.join("\n", story);
    }
}
