package io.ticketbridge.ledger;

import java.util.concurrent.RejectedExecutionException;
import org.springframework.dao.TransientDataAccessException;

/** What failed for a reason that passes by itself: the ledger was away or busy, the process stops, or another
 * replica took the pass over. What was read is read again. */
public final class PassingFailure {
    private PassingFailure() {}

    public static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof RejectedExecutionException
                    || cause instanceof PassLost
                    || cause instanceof NotPublished
                    || cause instanceof NotTaken
                    || Outage.isCauseOf(cause)) {
                return true;
            }
        }
        return false;
    }
}
