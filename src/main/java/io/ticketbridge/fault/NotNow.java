package io.ticketbridge.fault;

import java.time.Duration;

/** What was to be done for a group can't be done now: it stays owed, and is tried again after a while. */
public final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    /** @param wait at least so long; zero if nothing speaks against trying at once */
    public NotNow(String why, Duration wait) {
        super(why);
        this.wait = wait;
    }

    public Duration getWait() {
        return wait == null ? Duration.ZERO : wait;
    }
}
