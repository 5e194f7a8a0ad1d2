package io.ticketbridge.sandbox.servicenow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The requests seen: the last 20,000 of them, and counts of all since the last {@link #clear}. */
public final class RequestLog {

    private static final int KEPT = 20_000;

    private final Deque<SeenRequest> seen = new ArrayDeque<>();
    private long count;
    private long writes;

    RequestLog() {}

    synchronized void add(SeenRequest request) {
        count++;
        if (request.isWrite()) {
            writes++;
        }
        seen.add(request);
        if (seen.size() > KEPT) {
            seen.remove();
        }
    }

    /** Oldest first. */
    public synchronized List<SeenRequest> all() {
        return List.copyOf(seen);
    }

    /** Those that the matcher chooses, oldest first. */
    public List<SeenRequest> matching(RequestMatcher matcher) {
        return all().stream()
                .filter(request -> matcher.matches(request.method(), request.path()))
                .toList();
    }

    /** The latest one. */
    public synchronized SeenRequest last() {
        return seen.getLast();
    }

    /** How many requests there were. */
    public synchronized long count() {
        return count;
    }

    /** How many of them asked the API to change something, whatever they were answered. */
    public synchronized long writes() {
        return writes;
    }

    public synchronized void clear() {
        seen.clear();
        count = 0;
        writes = 0;
    }
}
