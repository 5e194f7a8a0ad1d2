package io.ticketbridge.engine;

/** Something was tried and failed; the message names cause and cure in one line. Ends with exit code 1. */
public final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
        super(message);
    }
}
