package io.ticketbridge.bench;

/** A contender did not do the work that it was measured by: its figures say nothing. */
final class WrongWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongWork(String message) {
        super(message);
    }
}
