package io.ticketbridge.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whoever shows wrong credentials has to wait: after five, twice as long each time, up to five minutes. Safe for threads. */
public final class FailedLogins {
    private static final int FREE = 5;
    private static final int MOST_SENDERS = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Failures(int count, Instant until) {}

    private final Clock clock;
    private final Map<String, Failures> bySender = new LinkedHashMap<>();

    public FailedLogins(Clock clock) {
        this.clock = clock;
    }

    public synchronized long secondsToWait(String who) {
        Failures failures = bySender.get(who);
        if (failures == null) {
            return 0;
        }
        long millis = Duration.between(clock.instant(), failures.until()).toMillis();
        return millis <= 0 ? 0 : (millis + 999) / 1000;
    }

    public synchronized void add(String who) {
        Failures before = bySender.remove(who);
        int count = before == null ? 1 : before.count() + 1;
        long seconds = count < FREE ? 0 : Math.min(LONGEST.toSeconds(), 1L << Math.min(count - FREE, 20));
        bySender.put(who, new Failures(count, clock.instant().plusSeconds(seconds)));
        if (bySender.size() > MOST_SENDERS) {
            bySender.remove(bySender.keySet().iterator().next());
        }
    }

    public synchronized void forget(String who) {
        bySender.remove(who);
    }
}
