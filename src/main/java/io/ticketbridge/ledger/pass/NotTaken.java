package io.ticketbridge.ledger.pass;

/** What a run published did not come into the ledger: nothing is concluded from it, and the next pass reads it again. */
final class NotTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTaken(String message) {
        super(message);
    }
}
