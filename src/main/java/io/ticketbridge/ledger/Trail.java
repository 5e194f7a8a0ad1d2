package io.ticketbridge.ledger;

import org.slf4j.MDC;

/**
 * The id that log lines carry from the poll to the ticket's number (P32): the run's, which the ledger keeps with each group and
 * each write, so that it is the same after a restart and on another replica.
 */
public final class Trail {
    private static final String RUN = "run";

    private Trail() {}

    /** What this thread does from now on belongs to the run. */
    public static void follow(long run) {
        MDC.put(RUN, String.valueOf(run));
    }

    public static void leave() {
        MDC.remove(RUN);
    }
}
