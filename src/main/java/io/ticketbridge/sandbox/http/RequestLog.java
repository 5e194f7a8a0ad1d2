package io.ticketbridge.sandbox.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The latest {@value #KEPT} requests of one simulator, oldest first; earlier ones are counted but not kept. Of a body the
 * first {@value #KEPT_BYTES} bytes are kept.
 */
public final class RequestLog {
    static final int KEPT = 10_000;
    static final int KEPT_BYTES = 65_536;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long total;
    private long writes;

    public synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    public synchronized List<RecordedRequest> matching(Predicate<RecordedRequest> wanted) {
        return requests.stream().filter(wanted).toList();
    }

    /** Requests since the start or the last {@link #clear()}, kept or not. */
    public synchronized long count() {
        return total;
    }

    /** The same, of everything but GET and HEAD, whatever was answered. */
    public synchronized long countWrites() {
        return writes;
    }

    public synchronized void clear() {
        requests.clear();
        total = 0;
        writes = 0;
    }

    synchronized void add(Instant at, Request request, int status) {
        total++;
        writes += request.isWrite() ? 1 : 0;
        if (requests.size() == KEPT) {
            requests.removeFirst();
        }
        requests.addLast(new RecordedRequest(
                total,
                at,
                request.method(),
                request.path(),
                request.rawQuery(),
                request.loggedHeaders(),
                request.body().length > KEPT_BYTES ? Arrays.copyOf(request.body(), KEPT_BYTES) : request.body(),
                status));
    }
}
