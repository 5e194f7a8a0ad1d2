package io.ticketbridge.sync;

/** Vision One will never take this request as it is. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String said, Throwable cause) {
        super(said, cause);
    }
}
