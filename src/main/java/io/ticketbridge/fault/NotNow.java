package io.ticketbridge.fault;

import java.time.Duration;

/** What was to be done for a group can't be done now: it stays owed, and is tried again after a while. */
public final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    /** @param wait at least so long; zero if nothing speaks against trying at once */
    public NotNow(String why, Duration wait) {
        this(why, wait, null);
    }

    /** @param cause what else may decide about the next try, the spent rate budget for one */
    public NotNow(String why, Duration wait, Throwable cause) {
        super(why, cause);
        this.wait = wait;
    }

    public Duration getWait() {
        return wait == null ? Duration.ZERO : wait;
    }
}
