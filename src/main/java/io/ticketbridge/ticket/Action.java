package io.ticketbridge.ticket;

/** What the policy may decide. */
public enum Action {
    /** Open the group's next ticket. */
    OPEN,
    /** Tell the open ticket what changed. */
    UPDATE,
    /** Bring the latest ticket back to work. */
    REOPEN,
    /** Nothing fails any more: resolve the ticket. */
    RESOLVE,
    /** Bring the open ticket and its case into step, in both directions (P23). */
    SYNC,
    /** A breaker holds what would have been done. */
    HOLD,
    /** Leave everything as it is. */
    NOTHING
}
