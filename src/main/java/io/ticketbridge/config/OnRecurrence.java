package io.ticketbridge.config;

/** What happens when a problem comes back after its ticket reached its status (P9). Its text is the word used in the setting. */
public enum OnRecurrence {
    NEW_TICKET,
    REOPEN,
    COMMENT;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
