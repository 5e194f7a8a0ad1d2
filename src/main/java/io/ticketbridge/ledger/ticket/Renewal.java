package io.ticketbridge.ledger.ticket;

import java.time.Duration;
import java.util.UUID;

/**
 * How long ago this thread made sure that a group is its own. A lease outlasts the slowest request by a few seconds: what would leave
 * later than that could arrive when another already looks for it. Told by a clock that nobody sets, and that goes on while the process
 * stands still.
 */
public final class Renewal {
    private static final ThreadLocal<Renewal> LAST = new ThreadLocal<>();

    private final UUID group;
    private final long at;

    private Renewal(UUID group, long at) {
        this.group = group;
        this.at = at;
    }

    /** @param at of {@link System#nanoTime()}, before the lease was renewed */
    static void done(UUID group, long at) {
        LAST.set(new Renewal(group, at));
    }

    /** What this thread sends from now on belongs to no claim. */
    public static void over() {
        LAST.remove();
    }

    /**
     * The last look before a write leaves.
     *
     * @throws LeaseLost if it would leave too late
     */
    public static void requireFresh() {
        Renewal last = LAST.get();
        if (last != null && Duration.ofNanos(System.nanoTime() - last.at).compareTo(Groups.MARGIN) > 0) {
            throw new LeaseLost(last.group);
        }
    }
}
