package io.ticketbridge.deliver.servicenow;

/** ServiceNow answered with something that the question does not allow (P16): nothing may be concluded from it. */
public final class WrongAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongAnswer(String message) {
        super(message);
    }
}
