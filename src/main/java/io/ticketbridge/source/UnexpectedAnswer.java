package io.ticketbridge.source;

/** A source answered something that its API does not describe: the run fails, what was read is kept, nothing is concluded. */
public final class UnexpectedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnexpectedAnswer(String message) {
        super(message);
    }
}
