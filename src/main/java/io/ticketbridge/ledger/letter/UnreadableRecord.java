package io.ticketbridge.ledger.letter;

/** A record of a source that is no finding; the message says why. */
public final class UnreadableRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecord(String message) {
        super(message);
    }
}
