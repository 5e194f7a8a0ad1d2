package io.ticketbridge.fault;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time in which an answer must end. Where it is over, the connection is broken off, and whoever reads learns why. Thread-safe. */
public final class Deadline {
    private static final ScheduledThreadPoolExecutor CLOCKWORK = clockwork();

    private final Duration limit;
    private final Future<?> bell;
    private volatile boolean late;

    /** @param breakOff ends a read that waits; called once, by another thread, unless {@link #off()} comes first */
    public Deadline(Duration limit, Runnable breakOff) {
        this.limit = limit;
        bell = CLOCKWORK.schedule(() -> ring(breakOff), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clockwork() {
        ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "answer-deadline");
            thread.setDaemon(true);
            return thread;
        });
        clockwork.setRemoveOnCancelPolicy(true);
        return clockwork;
    }

    private void ring(Runnable breakOff) {
        late = true;
        breakOff.run();
    }

    /** @param cause what a read failed with, which is only what breaking off looks like; null if it seemed to end well */
    public void requireInTime(Exception cause) throws SocketTimeoutException {
        if (late) {
            SocketTimeoutException timeout =
                    new SocketTimeoutException("The answer did not end within " + limit.toMillis() + " ms");
            timeout.initCause(cause);
            throw timeout;
        }
    }

    public void off() {
        bell.cancel(false);
    }
}
