package io.ticketbridge.deliver;

/** ServiceNow refused to say something, and would refuse it again. */
final class NotTold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTold(String message) {
        super(message);
    }
}
