package io.ticketbridge.ticket;

import java.util.Locale;

/** One of the two sides that are kept in step. Its text is the word used in settings. */
public enum Side {
    VISION_ONE,
    SERVICENOW;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
