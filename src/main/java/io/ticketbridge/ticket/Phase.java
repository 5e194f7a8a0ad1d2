package io.ticketbridge.ticket;

/** How far a ticket has come, whatever its table calls the state. */
public enum Phase {
    /** The intent is recorded; whether ServiceNow has the record is not known yet. */
    INTENDED,
    /** Somebody has to work on it. */
    OPEN,
    /** Resolved: done unless somebody objects. */
    RESOLVED,
    /** Closed, cancelled: the end. */
    CLOSED,
    /** The record is not there any more. */
    DELETED;

    public boolean isOver() {
        return this == RESOLVED || this == CLOSED || this == DELETED;
    }
}
