package io.ticketbridge.ledger.budget;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process sent in the last hour while nobody had named a limit. It counts as soon as one is named, for the
 * instance has counted it all along (P19). Thread-safe.
 */
final class UncountedRequests {
    private final TreeMap<Instant, Integer> counts = new TreeMap<>();

    synchronized void add(Instant now) {
        counts.headMap(RequestWindow.since(now)).clear();
        counts.merge(RequestWindow.minuteOf(now), 1, Integer::sum);
    }

    /** Minute to number of requests; each is given once. */
    synchronized Map<Instant, Integer> takeAll(Instant now) {
        counts.headMap(RequestWindow.since(now)).clear();
        Map<Instant, Integer> all = new TreeMap<>(counts);
        counts.clear();
        return all;
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }
}
