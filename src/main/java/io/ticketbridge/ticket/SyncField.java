package io.ticketbridge.ticket;

import java.util.Locale;

/** What a case or alert and its ticket both have. Its text is the word used in settings. */
public enum SyncField {
    STATUS,
    PRIORITY,
    FINDINGS,
    NAME,
    DESCRIPTION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
