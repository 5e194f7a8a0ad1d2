package io.ticketbridge.sandbox;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a colleague edit so many times a minute until it is closed; each edit is one line of the log. */
public final class EditTimer implements AutoCloseable {
    /** The most edits a minute: one every ten milliseconds. */
    public static final int FASTEST = 6_000;

    private static final Logger LOG = LoggerFactory.getLogger(EditTimer.class);
    private static final long MILLIS_OF_A_MINUTE = 60_000;

    private final Colleague colleague;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-colleague");
        thread.setDaemon(true);
        return thread;
    });

    private EditTimer(Colleague colleague) {
        this.colleague = colleague;
    }

    /** @param editsPerMinute 0 for none, at most {@value #FASTEST} */
    public static EditTimer start(Colleague colleague, int editsPerMinute) {
        if (editsPerMinute < 0 || editsPerMinute > FASTEST) {
            throw new IllegalArgumentException(
                    "edits per minute must be between 0 and " + FASTEST + ", was " + editsPerMinute);
        }
        EditTimer timer = new EditTimer(colleague);
        if (editsPerMinute > 0) {
            long every = MILLIS_OF_A_MINUTE / editsPerMinute;
            timer.clock.scheduleAtFixedRate(timer::edit, every, every, TimeUnit.MILLISECONDS);
        }
        return timer;
    }

    private void edit() {
        try {
            colleague.editOnce().ifPresent(edit -> LOG.info("A colleague edited {} {}", edit.side(), edit));
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.info("A colleague could not edit: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
