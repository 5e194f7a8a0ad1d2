package io.ticketbridge.ticket;

/** One of the two sides that are kept in step. Its text is the word used in settings. */
public enum Side {
    VISION_ONE,
    SERVICENOW;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
