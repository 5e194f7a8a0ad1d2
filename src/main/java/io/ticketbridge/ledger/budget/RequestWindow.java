package io.ticketbridge.ledger.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.function.Predicate;

/**
 * The requests of the last hour, by the minute they were sent in. ServiceNow's hours may begin whenever they like: no hour
 * ever holds more than the limit. A minute more is counted, for requests that arrive late and nodes that count late.
 *
 * @param counts minute to what was sent in it
 */
record RequestWindow(NavigableMap<Instant, Sent> counts) {
    /** Two minutes that are so far apart lie an hour and a minute apart, from the end of one to the beginning of the other. */
    static final Duration LENGTH = Duration.ofMinutes(62);

    private static final Duration LATELY = Duration.ofMinutes(10);

    /** @param reads how many of all were not for a ticket's delivery */
    record Sent(int all, int reads) {
        static final Sent NOTHING = new Sent(0, 0);

        Sent plus(Sent other) {
            return new Sent(all + other.all, reads + other.reads);
        }
    }

    static Instant minuteOf(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    /** The first minute that still counts. */
    static Instant since(Instant now) {
        return first(now, LENGTH);
    }

    private static Instant first(Instant now, Duration length) {
        return minuteOf(now).minus(length).plus(Duration.ofMinutes(1));
    }

    /** As it is at that time, if nothing else is sent until then. */
    Sent hour(Instant time) {
        return sentSince(since(time));
    }

    /** The same of the last ten minutes. */
    Sent lately(Instant time) {
        return sentSince(first(time, LATELY));
    }

    private Sent sentSince(Instant first) {
        return counts.tailMap(first, true).values().stream().reduce(Sent.NOTHING, Sent::plus);
    }

    /** The time itself, or the first minute after it, at which there is room; an hour later there always is. */
    Instant next(Instant time, Predicate<Instant> hasRoom) {
        Instant next = time;
        for (long minutes = 1; minutes <= LENGTH.toMinutes() && !hasRoom.test(next); minutes++) {
            next = minuteOf(time).plus(Duration.ofMinutes(minutes));
        }
        return next;
    }
}
