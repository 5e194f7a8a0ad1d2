package io.ticketbridge.ledger.pass;

/** A page could not be handed to the topic: the pass fails as if it could not have been read. */
public final class NotPublished extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message cause and cure */
    public NotPublished(String message) {
        super(message);
    }
}
