package io.ticketbridge.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Whether a pass reads how far its flow's tickets have come. They are known before a policy decides by what a pass has read (P7); a folder
 * is looked into each minute, and mostly nothing is there: a request for each hundred tickets would use up the rate budget (P19).
 */
public final class StatesDue {
    /** What a person did to a ticket is known after so long at the latest. */
    static final Duration LONGEST = Duration.ofHours(1);

    private final Predicate<String> mayFind;
    private final Clock clock;
    private final Map<String, Instant> readAt = new ConcurrentHashMap<>();

    /** @param mayFind whether the flow's pass may find something to read */
    public StatesDue(Predicate<String> mayFind, Clock clock) {
        this.mayFind = mayFind;
        this.clock = clock;
    }

    public boolean areDue(String flow) {
        Instant read = readAt.get(flow);
        return read == null
                || Duration.between(read, clock.instant()).abs().compareTo(LONGEST) >= 0
                || mayFind.test(flow);
    }

    /** They were read to the end. */
    public void areRead(String flow) {
        readAt.put(flow, clock.instant());
    }
}
