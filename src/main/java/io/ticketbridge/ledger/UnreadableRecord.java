package io.ticketbridge.ledger;

/** A record of a source that is no finding; the message says why. */
public final class UnreadableRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRecord(String message) {
        super(message);
    }
}
