package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.run.FailedByWorker;
import io.ticketbridge.ledger.run.PassLost;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;

/** What failed for a reason that passes by itself: the ledger was away or busy, another run wrote the same meanwhile, the process stops,
 * another replica took the pass over, or one with older settings got a part of it. What was read is read again. */
public final class PassingFailure {
    private PassingFailure() {}

    public static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof DuplicateKeyException
                    || cause instanceof RejectedExecutionException
                    || cause instanceof PassLost
                    || cause instanceof NotPublished
                    || cause instanceof NotTaken
                    || cause instanceof FailedByWorker failed && failed.passes()
                    || Outage.isCauseOf(cause)) {
                return true;
            }
        }
        return false;
    }
}
