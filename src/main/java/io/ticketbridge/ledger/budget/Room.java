package io.ticketbridge.ledger.budget;

/**
 * How many requests may be handed out now (P19).
 *
 * @param urgent for closures and critical ones
 * @param ordinary for what opens or changes a ticket: less, so that an urgent one finds room in the same hour
 */
public record Room(int urgent, int ordinary) {
    /** There is no limit. */
    public static final Room UNLIMITED = new Room(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Nothing may be sent. */
    public static final Room NONE = new Room(0, 0);

    public boolean isSpent() {
        return urgent <= 0;
    }

    /** How many groups may be handed out, each of which needs a request or more. */
    public int groups() {
        return ordinary > 0 ? ordinary : Math.max(0, urgent);
    }

    /** The last urgency, as {@link Urgencies} ranks them, that there is room for. */
    public int leastUrgency() {
        return ordinary > 0 ? Integer.MAX_VALUE : 0;
    }
}
