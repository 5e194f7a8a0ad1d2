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
    Shape shapeFor(Contenders contender) {
        return Shape.of(contender.isSlow() ? findings / 10 : findings);
    }
}
