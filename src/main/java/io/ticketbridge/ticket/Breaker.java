package io.ticketbridge.ticket;

import java.util.List;

/** What holds a ticket for a while instead of writing it (P11, P12), named as its setting. */
public enum Breaker {
    NEW_TICKETS_PER_RUN("max-new-tickets-per-run"),
    NEW_TICKETS_PER_HOUR("max-new-tickets-per-hour"),
    CLOSURES_PER_RUN("max-closures-per-run");

    private final String setting;

    Breaker(String setting) {
        this.setting = setting;
    }

    /** Why a group is held; the ledger tells by it which breaker it was. */
    public String reason() {
        return setting + " is used up";
    }

    /** The reasons of those that hold what would open a ticket. */
    public static List<String> openingReasons() {
        return List.of(NEW_TICKETS_PER_RUN.reason(), NEW_TICKETS_PER_HOUR.reason());
    }

    /** Whether such a breaker gave the reason. */
    public static boolean holdsOpenings(String reason) {
        return openingReasons().contains(reason);
    }
}
