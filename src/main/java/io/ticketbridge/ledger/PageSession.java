package io.ticketbridge.ledger;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;

/** One page on its way through the filter and the aggregate: what the ledger knew before, and what is news. */
final class PageSession {
    final Run run;
    final PageFigures figures = new PageFigures();
    final Map<String, Exchange> collected = new LinkedHashMap<>();
    private final Map<UUID, List<FindingRow>> known;
    private final Map<Finding, UUID> identities;
    /** Identities that are news in this run for the first time on this page; each owes the account an outcome. */
    final Set<UUID> news = new HashSet<>();

    private final Map<UUID, Result> passedOn = new HashMap<>();
    private final Map<UUID, Set<UUID>> groupsOf = new HashMap<>();
    private final Set<Finding> withdrawn = Collections.newSetFromMap(new IdentityHashMap<>());

    PageSession(Run run, IdentityHashMap<Finding, UUID> identities, Map<UUID, List<FindingRow>> known) {
        this.run = run;
        this.known = known;
        this.identities = identities;
    }

    /** A step before the filter may have replaced the finding by a changed copy; then its identity is computed anew. */
    UUID identity(Finding finding) {
        UUID identity = identities.get(finding);
        return identity == null ? finding.id() : identity;
    }

    List<FindingRow> rows(UUID identity) {
        return known.getOrDefault(identity, List.of());
    }

    /** Lets a finding be news; counts it once, however often this scan names it. */
    void passOn(UUID identity, Result result, Set<UUID> groups) {
        groupsOf.computeIfAbsent(identity, id -> new HashSet<>(2)).addAll(groups);
        passedOn.merge(identity, result, (before, now) -> now.isWorseThan(before) ? now : before);
        if (run.passOn(identity)) {
            news.add(identity);
        } else {
            figures.unchanged++;
        }
    }

    boolean wasPassedOnTo(UUID identity, UUID group) {
        return groupsOf.getOrDefault(identity, Set.of()).contains(group);
    }

    /** What this page said of an identity before, or null. */
    Result saidBefore(UUID identity) {
        return passedOn.get(identity);
    }

    /** A step failed on a finding: it is not remembered, so that the next scan brings it again. */
    void withdraw(Finding finding) {
        figures.dead++;
        UUID identity = identity(finding);
        if (passedOn.containsKey(identity) && withdrawn.add(finding)) {
            figures.lateDead++;
            news.remove(identity);
        }
    }

    boolean isWithdrawn(Finding finding) {
        return withdrawn.contains(finding);
    }
}
