package io.ticketbridge.fault;

/** A source will never take or answer a request as it is, or not from this token: somebody has to act. */
public class NotEver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected NotEver(String said, Throwable cause) {
        super(said, cause);
    }
}
