package io.ticketbridge.ledger.run;

/** A run came to its end while a page of it was written: nothing of the page is kept, for a later run reads it again. */
public final class RunIsOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunIsOver(long run) {
        super("Run " + run + " is not read any more");
    }
}
