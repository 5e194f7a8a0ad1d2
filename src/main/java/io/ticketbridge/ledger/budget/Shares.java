package io.ticketbridge.ledger.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * Who may have how many of an hour's requests (P19). A tenth is kept for closures and critical tickets, a tenth for reads. What is not urgent
 * gets no more than a sixth of the rest in any ten minutes: after a storm there is room again soon, not an hour later. Of these ten minutes
 * reads leave a third to tickets, and tickets leave reads their part.
 *
 * @param most requests in an hour
 */
record Shares(int most) {
    /** With few requests an hour, so many in ten minutes all the same: a ticket may need several, and they are sent in a row. */
    private static final int LEAST = 10;

    private int tenth() {
        return Math.min(most / 4, Math.max(5, most / 10));
    }

    /** In ten minutes. */
    private int pace() {
        return Math.max(LEAST, (most - tenth()) / 6);
    }

    private int readsAtMost() {
        return pace() * 2 / 3;
    }

    private int readsAtLeast() {
        return Math.max(1, tenth() / 6);
    }

    /** How many reads have room in an hour, whatever else is sent or not. */
    int readsInAnHour() {
        return Math.min(most - tenth(), 6 * readsAtMost());
    }

    /** What may be handed out. */
    Room room(RequestWindow window, Instant now) {
        int left = most - window.hour(now).all();
        RequestWindow.Sent lately = window.lately(now);
        int forReads = keptForReads(window, now);
        int paced = pace() - lately.all() - Math.max(0, readsAtLeast() - lately.reads());
        return new Room(left - forReads, Math.min(left - tenth() - forReads, paced));
    }

    /** How many reads may be sent. Those of the tenth that is kept for them wait for nothing else. */
    int reads(RequestWindow window, Instant now) {
        int left = most - window.hour(now).all();
        RequestWindow.Sent lately = window.lately(now);
        int shared = Math.min(left - tenth(), Math.min(pace() - lately.all(), readsAtMost() - lately.reads()));
        int kept = Math.min(left, Math.min(keptForReads(window, now), readsAtLeast() - lately.reads()));
        return Math.max(shared, kept);
    }

    private int keptForReads(RequestWindow window, Instant now) {
        return Math.max(0, tenth() - window.hour(now).reads());
    }

    /**
     * About how long so many requests of tickets take, if polls go on as they did in the last hour.
     *
     * @param begin when the first may be sent
     */
    Duration timeFor(long requests, RequestWindow window, Instant now, Instant begin) {
        if (requests == 0) {
            return Duration.between(now, begin);
        }
        Instant first = window.next(begin, time -> room(window, time).ordinary() > 0);
        long later = Math.max(0, requests - room(window, first).ordinary());
        int perHour = Math.max(
                1,
                Math.min(most - tenth(), 6 * pace())
                        - readsToCome(window.hour(now).reads()));
        return Duration.between(now, first)
                .plus(RequestWindow.LENGTH.multipliedBy(later).dividedBy(perHour));
    }

    private int readsToCome(int reads) {
        return Math.min(readsInAnHour(), Math.max(tenth(), reads));
    }
}
