package io.ticketbridge.bench;

import io.ticketbridge.bench.Estate.Change;
import java.util.BitSet;

/** What a pass must find, told from how the reports were made: each contender is held against it. */
final class Expected {
    private final Shape shape;
    private long news;
    private long findings;
    private long failing;
    private final BitSet newsOf = new BitSet();
    private final BitSet groups = new BitSet();

    private Expected(Shape shape) {
        this.shape = shape;
    }

    static Expected of(Shape shape, Phase phase) {
        Expected expected = new Expected(shape);
        Estate estate = new Estate(shape);
        for (int index = 0; index < shape.findings(); index++) {
            Change change = phase == Phase.CHANGED ? estate.changeOf(index) : Change.NONE;
            expected.add(estate.controlOf(estate.checkOf(index)), estate.fails(index), change, phase == Phase.FIRST);
        }
        return expected;
    }

    private void add(int group, boolean failed, Change change, boolean first) {
        boolean fails = failed != (change == Change.RESULT);
        if (change == Change.RESOURCE ? fails : (first || change != Change.NONE) && (fails || failed)) {
            news++;
            newsOf.set(group);
        }
        if (fails || failed) {
            findings += change == Change.RESOURCE ? 2 : 1;
            groups.set(group);
        }
        failing += fails ? 1 : 0;
    }

    /** @throws WrongWork if the contender did not do it all, or did more */
    void require(Contenders contender, Phase phase, Answer answer) {
        Tally right = contender == Contenders.LIMIT
                ? new Tally(shape.findings(), 0, 0)
                : new Tally(shape.findings(), news, newsOf.cardinality());
        require(contender, phase, right, answer.tally());
        if (answer.holdings() != null) {
            require(contender, phase, new Holdings(findings, failing, groups.cardinality()), answer.holdings());
        }
    }

    private static void require(Contenders contender, Phase phase, Record right, Record found) {
        if (!right.equals(found)) {
            throw new WrongWork(contender.title() + ", " + phase.title() + ": " + found + " instead of " + right);
        }
    }
}
