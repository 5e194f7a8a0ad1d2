package io.ticketbridge.ledger.run;

/** A worker could not write what a run published: the run has failed, with the worker's reason. */
public final class FailedByWorker extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FailedByWorker(String message) {
        super(message);
    }

    /** Whether a worker that fits will take it. */
    public boolean passes() {
        return Misfit.isIn(getMessage());
    }
}
