package io.ticketbridge.ledger.intake;

/** Hears what becomes of what is sent over HTTP, for metrics (P32). Must not throw. */
public interface IntakeListener {
    /** @param outcome {@code accepted} or {@code repeated} */
    void taken(String flow, String outcome);

    /**
     * @param flow empty if there is no such flow
     * @param reason one of a few words
     */
    void refused(String flow, String reason);
}
