package io.ticketbridge.ledger.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The requests of the last hour, by the minute they were sent in. ServiceNow's hours may begin whenever they like: no hour
 * ever holds more than the limit. A minute more is counted, for requests that arrive late and nodes that count late.
 *
 * @param counts minute to number of requests
 */
record RequestWindow(NavigableMap<Instant, Integer> counts) {
    /** Two minutes that are so far apart lie an hour and a minute apart, from the end of one to the beginning of the other. */
    static final Duration LENGTH = Duration.ofMinutes(62);

    static Instant minuteOf(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    /** The first minute that still counts. */
    static Instant since(Instant now) {
        return minuteOf(now).minus(LENGTH).plus(Duration.ofMinutes(1));
    }

    int used() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** When the oldest requests stop to count. */
    Instant nextRoom(Instant now) {
        return counts.isEmpty() ? now : counts.firstKey().plus(LENGTH);
    }

    /** How long so many requests take, beginning at a time not before now, if each is sent as soon as there is room. */
    Duration timeFor(long requests, int most, Instant now, Instant begin) {
        TreeMap<Instant, Long> leaving = new TreeMap<>();
        counts.forEach((minute, count) -> leaving.merge(minute.plus(LENGTH), (long) count, Long::sum));
        long room = most - used();
        long left = requests;
        Instant time = begin.isAfter(now) ? begin : now;
        while (true) {
            while (!leaving.isEmpty() && !leaving.firstKey().isAfter(time)) {
                room += leaving.pollFirstEntry().getValue();
            }
            long sent = Math.max(0, Math.min(room, left));
            left -= sent;
            room -= sent;
            if (left == 0) {
                return Duration.between(now, time);
            }
            if (sent > 0) {
                leaving.merge(minuteOf(time).plus(LENGTH), sent, Long::sum);
            }
            Map.Entry<Instant, Long> next = leaving.firstEntry();
            time = next.getKey();
        }
    }
}
