package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether anything that was read has a control of the framework that its flow groups by. It may be misspelt: frameworks are compared to
 * the letter, and named by the scanner. One thread uses it.
 */
public final class NamedFrameworks {
    private static final int MOST = 100;

    private final String wanted;
    private final Set<String> others = new TreeSet<>();
    private boolean heard;
    private boolean found;

    /** @param wanted null where the flow groups by none */
    NamedFrameworks(String wanted) {
        this.wanted = wanted;
    }

    void hears(Finding finding) {
        if (wanted == null || found) {
            return;
        }
        heard = true;
        for (Control control : finding.controls()) {
            if (control.framework().equals(wanted)) {
                found = true;
            } else if (!control.framework().isEmpty() && others.size() < MOST) {
                others.add(control.framework());
            }
        }
    }

    /** Takes in what another scan of the same pass has. */
    public NamedFrameworks and(NamedFrameworks more) {
        heard |= more.heard;
        found |= more.found;
        others.addAll(more.others);
        return this;
    }

    /** Whether there were findings, and none of them had a control of it. */
    public boolean isMissing() {
        return heard && !found;
    }

    public String wanted() {
        return wanted;
    }

    /** Those to choose from, a hundred of each scan at most. */
    public Set<String> others() {
        return others;
    }
}
