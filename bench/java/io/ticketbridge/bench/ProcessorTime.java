package io.ticketbridge.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How much processor time some processes used, and their children. Noted all the time, for which window counts is known only when
 * it is over.
 */
final class ProcessorTime implements AutoCloseable {
    private static final long EVERY_MILLIS = 100;

    private final List<ProcessHandle> roots;
    private final Map<Long, Duration> used = new HashMap<>();
    private final NavigableMap<Instant, Duration> sums = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "processor-time");
        thread.setDaemon(true);
        return thread;
    });

    ProcessorTime(List<ProcessHandle> roots) {
        this.roots = roots;
        clock.scheduleAtFixedRate(this::note, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void note() {
        for (ProcessHandle root : roots) {
            note(root);
            root.descendants().forEach(this::note);
        }
        sums.put(Instant.now(), used.values().stream().reduce(Duration.ZERO, Duration::plus));
    }

    /** What ended keeps what it had used. */
    private void note(ProcessHandle process) {
        process.info().totalCpuDuration().ifPresent(total -> used.put(process.pid(), total));
    }

    /** In seconds, of all processors together. */
    double between(Instant from, Instant to) {
        return seconds(to) - seconds(from);
    }

    private double seconds(Instant at) {
        Map.Entry<Instant, Duration> sample = sums.floorEntry(at);
        return sample == null ? 0 : sample.getValue().toNanos() / 1e9;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
