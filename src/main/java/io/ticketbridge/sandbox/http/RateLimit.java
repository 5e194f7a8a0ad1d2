package io.ticketbridge.sandbox.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * A limit of requests in a sliding window. What is refused does not count, unless told to. The refusal is made from the time
 * that is left, in whole seconds, so that a simulator may say it in headers or leave it out.
 */
public final class RateLimit implements HttpFault {
    private final Clock clock;
    private final int requests;
    private final Duration window;
    private final Function<Long, Answer> refusal;
    private final Deque<Instant> taken = new ArrayDeque<>();
    private boolean countsRefused;

    public RateLimit(Clock clock, int requests, Duration window, Function<Long, Answer> refusal) {
        this.clock = clock;
        this.requests = requests;
        this.window = window;
        this.refusal = refusal;
    }

    /** What is refused counts as well: who never stops asking is never let in. */
    public RateLimit countingRefused() {
        countsRefused = true;
        return this;
    }

    @Override
    public Answer apply(Request request, Handler simulator) throws IOException {
        long wait = take();
        return wait == 0 ? simulator.handle(request) : refusal.apply(wait);
    }

    private synchronized long take() {
        Instant now = clock.instant();
        while (!taken.isEmpty() && !taken.peekFirst().plus(window).isAfter(now)) {
            taken.removeFirst();
        }
        if (taken.size() < requests) {
            taken.addLast(now);
            return 0;
        }
        if (countsRefused) {
            taken.addLast(now);
        }
        Instant free = taken.stream()
                .skip(taken.size() - requests)
                .findFirst()
                .orElse(now)
                .plus(window);
        return Math.max(1, (Duration.between(now, free).toMillis() + 999) / 1000);
    }
}
