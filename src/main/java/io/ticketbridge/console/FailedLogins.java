package io.ticketbridge.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whoever sends wrong passwords has to wait: after five, twice as long each time, up to five minutes. Safe for threads. */
final class FailedLogins {
    private static final int FREE = 5;
    private static final int MOST_ADDRESSES = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Failures(int count, Instant until) {}

    private final Clock clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    FailedLogins(Clock clock) {
        this.clock = clock;
    }

    synchronized long secondsToWait(String address) {
        Failures failures = byAddress.get(address);
        if (failures == null) {
            return 0;
        }
        long millis = Duration.between(clock.instant(), failures.until()).toMillis();
        return millis <= 0 ? 0 : (millis + 999) / 1000;
    }

    synchronized void add(String address) {
        Failures before = byAddress.remove(address);
        int count = before == null ? 1 : before.count() + 1;
        long seconds = count < FREE ? 0 : Math.min(LONGEST.toSeconds(), 1L << Math.min(count - FREE, 20));
        byAddress.put(address, new Failures(count, clock.instant().plusSeconds(seconds)));
        if (byAddress.size() > MOST_ADDRESSES) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
    }

    synchronized void forget(String address) {
        byAddress.remove(address);
    }
}
