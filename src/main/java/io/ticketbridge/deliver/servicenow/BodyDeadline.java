package io.ticketbridge.deliver.servicenow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, which must end in time. The client's own time limit ends with the headers: a server that stalls in the
 * middle of a body would hold the thread for ever.
 */
final class BodyDeadline extends FilterInputStream {
    private static final ScheduledThreadPoolExecutor CLOCKWORK = clockwork();

    private final Future<?> alarm;
    private volatile boolean late;

    BodyDeadline(InputStream body, Duration limit) {
        super(body);
        alarm = CLOCKWORK.schedule(this::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clockwork() {
        ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "servicenow-body-deadline");
            thread.setDaemon(true);
            return thread;
        });
        clockwork.setRemoveOnCancelPolicy(true);
        return clockwork;
    }

    private void expire() {
        late = true;
        try {
            in.close();
        } catch (IOException e) {
            // The reader is told by the next read.
        }
    }

    @Override
    public int read() throws IOException {
        return inTime(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return inTime(in.read(bytes, offset, length));
    }

    private int inTime(int read) throws IOException {
        if (late) {
            throw new HttpTimeoutException("The answer did not end in time");
        }
        if (read < 0) {
            alarm.cancel(false);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        alarm.cancel(false);
        super.close();
    }
}
