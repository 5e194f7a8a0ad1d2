package io.ticketbridge.deliver.call;

/** ServiceNow refused to say something, and would refuse it again. */
public final class NotTold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotTold(String message) {
        super(message);
    }
}
