package io.ticketbridge.ledger.run;

import io.ticketbridge.ledger.database.LedgerDatabase;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of each run that this process reads that it is alive, also while it waits: a source may want to be left alone for minutes, and
 * workers may have another run before it. A run that is silent for {@link Runs#SILENCE} is taken for dead.
 */
final class HeartBeat {
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(HeartBeat.class);

    private final LedgerDatabase database;
    private final Clock clock;
    private final Duration every;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Long, Future<?>> beats = new ConcurrentHashMap<>();

    HeartBeat(LedgerDatabase database, Clock clock, Duration every) {
        this.database = database;
        this.clock = clock;
        this.every = every;
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "heart-beat");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        // Where nothing is read there is no thread.
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    void begin(Run run) {
        long id = run.id();
        WeakReference<Run> reading = new WeakReference<>(run);
        beats.put(
                id,
                timer.scheduleWithFixedDelay(
                        () -> beat(id, reading), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
    }

    void end(long id) {
        Future<?> beat = beats.remove(id);
        if (beat != null) {
            beat.cancel(false);
        }
    }

    /** Of a run that nobody holds any more, whatever became of who read it, nothing is said. */
    private void beat(long id, WeakReference<Run> reading) {
        try {
            if (reading.get() == null || database.isClosed() || !RunRows.isAlive(database, clock, id)) {
                end(id);
            }
        } catch (RuntimeException e) {
            LOG.debug("The ledger can't be told that a run is alive. run={}", id, e);
        }
    }
}
