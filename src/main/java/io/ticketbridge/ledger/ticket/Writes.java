package io.ticketbridge.ledger.ticket;

/** How many tickets a run opened and resolved, or is about to: what its breakers count (P11, P12). */
public record Writes(int opened, int resolved) {
    static final Writes NONE = new Writes(0, 0);
}
