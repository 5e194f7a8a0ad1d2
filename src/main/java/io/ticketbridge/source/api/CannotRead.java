package io.ticketbridge.source.api;

/** A mapping does not fit what the API answered; its text is cause and cure. */
final class CannotRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotRead(String message) {
        super(message);
    }
}
