package io.ticketbridge.policy;

import io.ticketbridge.ticket.Breaker;

/**
 * How many tickets the run may still open and close before the breakers hold the rest (P11, P12).
 *
 * @param opening the breaker that holds openings, once none is left
 */
public record Allowance(int opens, int closures, Breaker opening) {
    public static final Allowance UNLIMITED = new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Of a run, with no limit per hour. */
    public Allowance(int opens, int closures) {
        this(opens, closures, Breaker.NEW_TICKETS_PER_RUN);
    }
}
