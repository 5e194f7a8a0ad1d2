package io.ticketbridge.deliver.state;

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

    /** And so soon where something is owed or held, which is decided about meanwhile. */
    static final Duration OWING = Duration.ofMinutes(10);

    private final Predicate<String> mayFind;
    private final Predicate<String> owes;
    private final Clock clock;
    private final Map<String, Instant> readAt = new ConcurrentHashMap<>();

    /**
     * @param mayFind whether the flow's pass may find something to read
     * @param owes whether anything is owed or held of the flow
     */
    public StatesDue(Predicate<String> mayFind, Predicate<String> owes, Clock clock) {
        this.mayFind = mayFind;
        this.owes = owes;
        this.clock = clock;
    }

    public boolean areDue(String flow) {
        Instant read = readAt.getOrDefault(flow, Instant.EPOCH);
        Duration ago = Duration.between(read, clock.instant()).abs();
        return ago.compareTo(LONGEST) >= 0 || mayFind.test(flow) || ago.compareTo(OWING) >= 0 && owes.test(flow);
    }

    /** They were read to the end. */
    public void areRead(String flow) {
        readAt.put(flow, clock.instant());
    }
}
