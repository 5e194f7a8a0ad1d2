package io.ticketbridge.source.workloadprotection;

import java.time.Instant;

/** Times come as text, of cloud resources in milliseconds, of hosts in seconds. */
final class PostureTimes {
    /** In seconds the year 5138, in milliseconds 1973. */
    private static final long MILLISECONDS = 100_000_000_000L;

    private PostureTimes() {}

    /** @return the epoch where there is no time */
    static Instant time(String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number < 0) {
                return Instant.EPOCH;
            }
            return number >= MILLISECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }
}
