package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many findings of which check have ids that a scan made doubtful. One thread uses it. */
final class DoubtfulIds {
    /** Of so many checks the figures are kept: a source that is wrong all over says so with fewer. */
    private static final int MOST_CHECKS = 1000;

    record Check(String source, String check) {}

    record Count(long findings, String example) {}

    private final Map<Check, Count> counts = new LinkedHashMap<>();

    void add(String source, String check, String example) {
        Check key = new Check(source, check);
        if (counts.size() < MOST_CHECKS || counts.containsKey(key)) {
            counts.merge(
                    key, new Count(1, example), (before, one) -> new Count(before.findings() + 1, before.example()));
        }
    }

    Map<Check, Count> counts() {
        return counts;
    }

    /**
     * What one scan must say the same of one id each time: what it is of, the result, and what was seen there. Titles, texts and
     * controls are left out, for a source may name one finding once for each standard.
     */
    static int print(Finding finding) {
        int print = finding.result().ordinal();
        print = 31 * print + finding.message().hashCode();
        print = 31 * print + finding.resource().name().hashCode();
        return 31 * print + finding.resource().type().hashCode();
    }
}
