package io.ticketbridge.bench;

import java.util.List;

/**
 * What is measured in one go.
 *
 * @param findings in a report; slow contenders read a tenth
 * @param warmUps rounds that are not counted, so that what is measured is compiled
 * @param rescans unchanged rescans in each round, of which the median counts
 */
record Plan(Database.Kind kind, int findings, int rounds, int warmUps, int rescans, List<Contenders> contenders) {
    private static final int LARGE = 1_000_000;

    /** A million findings warm up by themselves. */
    static Plan of(Database.Kind kind, int findings, int rounds, List<Contenders> contenders) {
        return findings < LARGE
                ? new Plan(kind, findings, rounds, 1, 3, contenders)
                : new Plan(kind, findings, rounds, 0, 1, contenders);
    }

    Shape shapeFor(Contenders contender) {
        return Shape.of(contender.isSlow() ? findings / 10 : findings);
    }
}
