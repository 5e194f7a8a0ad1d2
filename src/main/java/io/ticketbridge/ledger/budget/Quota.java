package io.ticketbridge.ledger.budget;

import java.util.OptionalInt;

/**
 * How many writes of one kind a breaker lets through (P11, P12).
 *
 * @param perRun by the group's run
 * @param perHour by its flow in any hour, if that is limited
 */
public record Quota(int perRun, OptionalInt perHour) {
    /** No breaker counts it. */
    public static final Quota NONE = perRun(Integer.MAX_VALUE);

    public static Quota perRun(int most) {
        return new Quota(most, OptionalInt.empty());
    }
}
