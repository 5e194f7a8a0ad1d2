package io.ticketbridge.ledger.identity;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The failures that a flow read elsewhere before, less those that it has named since: two systems may name the same ones. Only a pass of
 * which every run was read to its end tells what is left. Thread-safe.
 */
final class LeftUnread {
    static final LeftUnread NOTHING = new LeftUnread(Set.of(), false);

    private final Set<UUID> left;
    private final boolean wasNothing;
    private final boolean mayShare;
    private String pass;
    private int unfinished;
    private boolean partial;
    private boolean told;

    /** @param mayShare whether what the flow reads now may name them, too */
    LeftUnread(Set<UUID> left, boolean mayShare) {
        this.left = new HashSet<>(left);
        this.wasNothing = left.isEmpty();
        this.mayShare = mayShare;
    }

    boolean wasNothing() {
        return wasNothing;
    }

    /** A run of the pass begins. */
    synchronized void begins(String pass) {
        if (!pass.equals(this.pass)) {
            this.pass = pass;
            unfinished = 0;
            partial = false;
        }
        unfinished++;
    }

    /** It was read to its end. What it does not use of that may name any of them. */
    synchronized void read(String read, boolean isPartial, Predicate<UUID> names) {
        if (read.equals(pass)) {
            unfinished--;
            partial |= mayShare && isPartial;
            left.removeIf(names);
        }
    }

    /**
     * Whether every run of the pass was read to its end, and what that leaves was not told yet.
     *
     * @param ended null where a pass is one run
     * @param asked whether a person wants it to be gone, told or not
     */
    synchronized boolean isToBeTold(String ended, boolean asked) {
        boolean isThis = pass != null && (ended == null || ended.equals(pass));
        return !wasNothing && isThis && unfinished == 0 && (!told || asked || left.isEmpty());
    }

    /** Whether the pass could not use or leaves out records, which may name what is left. */
    synchronized boolean isPartial() {
        return partial;
    }

    /** Of those that fail still and came from elsewhere, the ones that were not named. */
    synchronized Set<UUID> of(Set<UUID> unread) {
        left.retainAll(unread);
        return Set.copyOf(left);
    }

    synchronized void told() {
        told = true;
    }
}
