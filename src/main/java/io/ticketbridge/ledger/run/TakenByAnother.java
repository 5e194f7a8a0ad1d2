package io.ticketbridge.ledger.run;

/** Another worker has written what this one was about to write: nothing of its page is kept. */
public final class TakenByAnother extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TakenByAnother(String place, long offset) {
        super("Another worker has taken what is at " + place + " from " + offset + " on");
    }
}
