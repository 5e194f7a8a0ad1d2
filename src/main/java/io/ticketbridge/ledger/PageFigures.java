package io.ticketbridge.ledger;

/** What became of a page's findings so far; what is news gets its outcome when its ticket is decided (P5). */
final class PageFigures {
    long read;
    long arrived;
    long unchanged;
    long inconclusive;
    long suppressed;
    /** Unreadable, or refused by a step of the route. */
    long dead;
    /** Arrived, and its group's ticket was refused for good before. */
    long refused;
    /** Of the dead, those that had passed the filter. */
    long lateDead;
    /** Passed the filter and was dropped by a step that somebody put behind it. */
    long droppedLate;

    /** What was read and reached neither the filter nor the dead letters was filtered out by the flow or its routes. */
    long filtered() {
        return read - arrived - (dead - lateDead) + droppedLate;
    }
}
