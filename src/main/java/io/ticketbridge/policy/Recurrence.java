package io.ticketbridge.policy;

/** What happens when a problem is flagged again after its ticket reached the status that lets a duplicate be opened (P9). */
public enum Recurrence {
    NEW_TICKET,
    REOPEN,
    COMMENT
}
