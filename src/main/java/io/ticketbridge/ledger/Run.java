package io.ticketbridge.ledger;

import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One pass over a source while it is read: which scan, and what it has said so far. Used by one thread at a time.
 */
public final class Run {
    private final long id;
    private final String flow;
    private final String scan;
    private final Map<UUID, Result> notPassing = new HashMap<>();
    private final Set<UUID> passedOn = new HashSet<>();
    private final Set<UUID> covered = new HashSet<>();
    private final Set<UUID> coveredScopes = new HashSet<>();
    private final FlowFacts facts;
    private final boolean baseline;
    private boolean complete = true;

    /** @param baseline whether it is the flow's first */
    Run(long id, String flow, String scan, FlowFacts facts, boolean baseline) {
        this.id = id;
        this.flow = flow;
        this.scan = scan;
        this.facts = facts;
        this.baseline = baseline;
    }

    FlowFacts facts() {
        return facts;
    }

    /** Whether what it finds is recorded quietly (P13). */
    boolean isSilent() {
        return baseline && facts.silencesBacklog();
    }

    public long id() {
        return id;
    }

    public String flow() {
        return flow;
    }

    public String scan() {
        return scan;
    }

    /** The scan speaks for a whole scope of its source, as an SCC report does (P11). */
    public void coversScope(String scope) {
        coveredScopes.add(Digest.of("scope", scope));
    }

    /** A scan that did not read all that it set out to read is never evidence by absence (P11). */
    public void incomplete() {
        complete = false;
    }

    public boolean isComplete() {
        return complete;
    }

    /** @return the worst that this scan said of the same identity before (P3), a pass if nothing */
    Result saw(Finding finding, UUID identity) {
        covered.add(scopeOf(finding));
        Result before = notPassing.getOrDefault(identity, Result.PASS);
        if (finding.result().isWorseThan(before)) {
            notPassing.put(identity, finding.result());
        }
        return before;
    }

    /** @return whether it is the first time that this identity is news in this run */
    boolean passOn(UUID identity) {
        return passedOn.add(identity);
    }

    boolean wasPassedOn(UUID identity) {
        return passedOn.contains(identity);
    }

    /** Nothing was kept of what was news. */
    void forget(UUID identity) {
        passedOn.remove(identity);
    }

    Set<UUID> notPassing() {
        return notPassing.keySet();
    }

    Set<UUID> coveredScopes() {
        return coveredScopes;
    }

    Set<UUID> covered() {
        return covered;
    }

    static UUID sourceScopeOf(Finding finding) {
        return Digest.of("scope", finding.scope());
    }

    /** The (account, region, check) that a file which ends well is complete for (P11). */
    static UUID scopeOf(Finding finding) {
        return Digest.of(finding.scope(), finding.account(), finding.region(), finding.check());
    }
}
