package io.ticketbridge.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One control or case, and what its tickets must come to: how many there are, whether the last is open, and what its notes say
 * exactly once. It changes at most once between two comparisons, so that what must come of it never depends on timing.
 */
final class Problem {
    /** A text that exactly so many work notes of that generation's ticket must contain; an expression. */
    record Expected(int generation, String text, int times) {}

    final Source source;
    final String name;
    final TreeSet<String> failing = new TreeSet<>();
    final TreeSet<String> passing = new TreeSet<>();
    final List<Expected> notes = new ArrayList<>();
    String title;
    String caseId;
    int generation = 1;
    boolean open = true;
    boolean resting;
    private int serial;
    private int resolvedTimes;
    private int reopenedTimes;

    Problem(Source source, String name) {
        this.source = source;
        this.name = name;
        this.title = "Rule " + name;
    }

    String nextResource() {
        return name + "-thing-" + ++serial;
    }

    int next() {
        return ++serial;
    }

    /** A note must say so, once. */
    void expect(String text) {
        notes.add(new Expected(generation, Pattern.quote(text), 1));
    }

    /** A note must name the resource under this heading, once. */
    void expect(String heading, String resource) {
        notes.add(new Expected(generation, heading + "\n(?:- .*\n)*- " + Pattern.quote(resource) + " ", 1));
    }

    /** Ticketbridge resolves the ticket, and says so once each time. */
    void resolves() {
        open = false;
        counts("Resolved:", ++resolvedTimes);
    }

    /** It is there again: the next generation, or the same ticket reopened. */
    void recurs() {
        open = true;
        if (source.reopens) {
            counts("Reopened:", ++reopenedTimes);
        } else {
            generation++;
            resolvedTimes = 0;
            expect("This problem had a ticket before");
        }
    }

    private void counts(String text, int times) {
        notes.removeIf(expected ->
                expected.generation() == generation && expected.text().equals(text));
        notes.add(new Expected(generation, text, times));
    }

    @Override
    public String toString() {
        return source.flow + "/" + name;
    }
}
