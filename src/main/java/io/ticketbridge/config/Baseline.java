package io.ticketbridge.config;

/** What the first run does with the backlog (P13). Its text is the word used in the setting. */
public enum Baseline {
    /** The backlog gets tickets, under the storm breaker. */
    TICKET,
    /** The backlog is matched with records that are already there. */
    ADOPT,
    /** The backlog is recorded quietly, so that only news opens tickets. */
    SILENCE;

    @Override
    public String toString() {
        return Words.of(this);
    }
}
