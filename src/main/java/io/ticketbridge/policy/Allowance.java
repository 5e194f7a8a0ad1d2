package io.ticketbridge.policy;

/** How many tickets the run may still open and close before the breakers hold the rest (P11, P12). */
public record Allowance(int opens, int closures) {
    public static final Allowance UNLIMITED = new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
