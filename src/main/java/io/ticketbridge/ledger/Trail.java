package io.ticketbridge.ledger;

import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * The id that log lines carry from the poll to the ticket's number (P32): the run's, which the ledger keeps with each group and
 * each write, so that it is the same after a restart and on another replica. Lines of a plan carry that they are of one: its runs are
 * thrown away, and the numbers that they have are given to others.
 */
public final class Trail {
    public static final Trail OF_RUNS = new Trail(false);
    public static final Trail OF_PLAN = new Trail(true);

    private static final String RUN = "run";
    private static final String PLAN = "plan";

    private final boolean plan;

    private Trail(boolean plan) {
        this.plan = plan;
    }

    /** What this thread does from now on belongs to the run. */
    public void follow(long run) {
        if (plan) {
            MDC.put(PLAN, PLAN);
        } else {
            MDC.put(RUN, String.valueOf(run));
        }
    }

    /** Threads of a plan end with it. */
    public void leave() {
        if (!plan) {
            MDC.remove(RUN);
        }
    }

    /** What this thread does, which is not the plan's own, is a plan until this is closed. */
    public static MDC.MDCCloseable plan() {
        return MDC.putCloseable(PLAN, PLAN);
    }

    /** How loud something is to be said that a plan only finds out: it says itself what would be. */
    public Level level(Level level) {
        return plan ? Level.DEBUG : level;
    }
}
