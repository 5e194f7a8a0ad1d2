package io.ticketbridge.ledger;

/** A worker could not write what a run published: the run has failed, with the worker's reason. */
final class FailedByWorker extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedByWorker(String message) {
        super(message);
    }

    /** Whether a worker that fits will take it. */
    boolean passes() {
        return Misfit.isIn(getMessage());
    }
}
