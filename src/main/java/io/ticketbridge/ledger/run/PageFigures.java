package io.ticketbridge.ledger.run;

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

    /** These and those of another page. */
    PageFigures and(PageFigures other) {
        PageFigures sum = new PageFigures();
        sum.read = read + other.read;
        sum.arrived = arrived + other.arrived;
        sum.unchanged = unchanged + other.unchanged;
        sum.inconclusive = inconclusive + other.inconclusive;
        sum.suppressed = suppressed + other.suppressed;
        sum.dead = dead + other.dead;
        sum.refused = refused + other.refused;
        sum.lateDead = lateDead + other.lateDead;
        sum.droppedLate = droppedLate + other.droppedLate;
        return sum;
    }

    boolean isNothing() {
        return read == 0;
    }

    /** What was read and reached neither the filter nor the dead letters was filtered out by the flow or its routes. */
    long filtered() {
        return read - arrived - (dead - lateDead) + droppedLate;
    }
}
