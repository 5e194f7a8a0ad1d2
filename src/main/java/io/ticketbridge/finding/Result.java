package io.ticketbridge.finding;

/** What a source said of one finding. Only {@link #FAIL} opens tickets, only {@link #PASS} is evidence of a fix. */
public enum Result {
    /** The check failed, or the case or alert is open. */
    FAIL,
    /** The check passed, or the case or alert is closed. */
    PASS,
    /** Manual, error, skipped, not available, warning: neither opens nor resolves. */
    INCONCLUSIVE,
    /** Muted, suppressed or accepted at the source: does not open, and is not a fix. */
    SUPPRESSED;

    /** When one scan says several things of one identity, the worst wins (P3). */
    public boolean isWorseThan(Result other) {
        return rank() > other.rank();
    }

    private int rank() {
        return switch (this) {
            case PASS -> 0;
            case INCONCLUSIVE -> 1;
            case SUPPRESSED -> 2;
            case FAIL -> 3;
        };
    }
}
