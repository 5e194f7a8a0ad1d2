package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** One page on its way through the filter and the aggregate: what the ledger knew before, and what is news. */
final class PageSession {
    final Run run;
    /** Null where the page was read here. */
    final Arrival arrival;

    final PageFigures figures = new PageFigures();
    final Map<String, Exchange> collected = new LinkedHashMap<>();
    private Map<UUID, List<FindingRow>> known = Map.of();
    private Map<UUID, Set<UUID>> formerGroups = Map.of();
    private final Map<UUID, Boolean> named;
    private final Map<Finding, UUID> identities;
    private final Map<Finding, Result> told;
    /** Identities that are news in this run for the first time on this page; each owes the account an outcome. */
    private final Set<UUID> news = new HashSet<>();

    private final Map<UUID, List<Finding>> passed = new HashMap<>();
    private final Map<UUID, Integer> died = new HashMap<>();
    private final Map<UUID, Result> passedOn = new HashMap<>();
    private final Map<UUID, Set<UUID>> groupsOf = new HashMap<>();
    private final StillFailing stillFailing = new StillFailing();
    private boolean isWhole;
    private final Set<Finding> withdrawn = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param arrival null where the page was read here
     * @param named every identity of the page, and whether it is there once
     */
    PageSession(Run run, Arrival arrival, IdentityHashMap<Finding, UUID> identities, Map<UUID, Boolean> named) {
        this.run = run;
        this.arrival = arrival;
        this.told = arrival == null ? Map.of() : arrival.before();
        this.named = named;
        this.identities = identities;
    }

    Set<UUID> identities() {
        return named.keySet();
    }

    void knows(Map<UUID, List<FindingRow>> rows) {
        known = rows;
    }

    /** All its findings were looked up, and go through the filter one by one. */
    void isWhole() {
        isWhole = true;
    }

    StillFailing stillFailing() {
        return stillFailing;
    }

    /** What it says of known failures without ending them, as events. */
    List<Object[]> leftFailing(Instant now) {
        if (isWhole && figures.filtered() > 0) {
            Set<UUID> passedBy = new HashSet<>(known.keySet());
            withdrawn.forEach(finding -> passedBy.remove(identity(finding)));
            stillFailing.filtered(passedBy);
        }
        return stillFailing.events(run.id(), this::rows, now);
    }

    boolean isNamedTwice(UUID identity) {
        return !named.getOrDefault(identity, false);
    }

    /** A step before the filter may have replaced the finding by a changed copy; then its identity is computed anew. */
    UUID identity(Finding finding) {
        UUID identity = identities.get(finding);
        return identity == null ? finding.id() : identity;
    }

    /** Takes in what a finding says, and answers the worst that the scan said of the same identity before. */
    Result saw(Finding finding, UUID identity) {
        if (arrival == null) {
            return run.saw(finding, identity);
        }
        // Whoever read it has seen the whole scan, and takes notes; a copy that a step made is known here alone.
        Result before = told.get(finding);
        return before == null ? run.sightings().saw(identity, finding.result()) : before;
    }

    /** The same, without taking it in. */
    Result worstBefore(Finding finding, UUID identity) {
        Result before = told.get(finding);
        return before == null ? run.sightings().worst(identity) : before;
    }

    List<FindingRow> rows(UUID identity) {
        return known.getOrDefault(identity, List.of());
    }

    /**
     * Where a map joins controls, a group may be old for some of its findings: those that the map has moved. What is in one of the
     * groups of this record has not moved, nor what another record of the scan put elsewhere: each may name another control.
     */
    void tellMoved(UUID identity, Set<UUID> groups) {
        List<FindingRow> rows = rows(identity);
        boolean hasArrived = rows.stream().anyMatch(row -> groups.contains(row.groupId()) || row.runId() == run.id());
        if (!rows.isEmpty() && !hasArrived) {
            known.put(identity, rows.stream().map(FindingRow::inOldGroup).toList());
        }
    }

    /** Identities to the groups that an earlier version had them in. */
    void hadGroups(Map<UUID, Set<UUID>> former) {
        formerGroups = former;
    }

    boolean hadGroup(UUID identity, UUID group) {
        return formerGroups.getOrDefault(identity, Set.of()).contains(group);
    }

    /** A group that an earlier version had a finding in, and that others are in still, is old for this one alone. */
    void tellLeftBehind(UUID identity, Supplier<Set<UUID>> groups) {
        if (rows(identity).stream().noneMatch(row -> hadGroup(identity, row.groupId()))) {
            return;
        }
        Set<UUID> now = groups.get();
        known.put(
                identity,
                rows(identity).stream()
                        .map(row -> hadGroup(identity, row.groupId()) && !now.contains(row.groupId())
                                ? row.inOldGroup()
                                : row)
                        .toList());
    }

    /** Lets a finding be news. */
    void passOn(Finding finding, UUID identity, Set<UUID> groups) {
        groupsOf.computeIfAbsent(identity, id -> new HashSet<>(2)).addAll(groups);
        passedOn.merge(identity, finding.result(), (before, now) -> now.isWorseThan(before) ? now : before);
        passed.computeIfAbsent(identity, id -> new ArrayList<>(1)).add(finding);
        // Another worker may have had its partition before.
        boolean wasNews = rows(identity).stream().anyMatch(row -> row.runId() == run.id());
        if (run.sightings().passOn(identity) && !wasNews) {
            news.add(identity);
        }
    }

    /** Counts what passed, now that it is known what is kept of it: news once in a run, however often the scan names it. */
    void countPassed(Set<UUID> kept) {
        passed.forEach((identity, findings) -> {
            int alive = findings.size() - died.getOrDefault(identity, 0);
            if (kept.contains(identity)) {
                figures.unchanged += news.contains(identity) ? alive - 1 : alive;
            } else {
                figures.droppedLate += alive;
                if (news.contains(identity)) {
                    run.sightings().forget(identity);
                }
            }
        });
    }

    boolean wasPassedOnTo(UUID identity, UUID group) {
        return groupsOf(identity).contains(group);
    }

    /** The groups that a finding of this page, which is news, belongs to now. */
    Set<UUID> groupsOf(UUID identity) {
        return groupsOf.getOrDefault(identity, Set.of());
    }

    /** What this page said of an identity before, or null. */
    Result saidBefore(UUID identity) {
        return passedOn.get(identity);
    }

    /** A step failed on a finding: it is not remembered, so that the next scan brings it again. */
    void withdraw(Finding finding) {
        if (!withdrawn.add(finding)) {
            return;
        }
        figures.dead++;
        UUID identity = identity(finding);
        List<Finding> through = passed.getOrDefault(identity, List.of());
        boolean isCopy = !identities.containsKey(finding) && !through.isEmpty();
        if (isCopy || through.stream().anyMatch(each -> each == finding)) {
            figures.lateDead++;
            died.merge(identity, 1, Integer::sum);
        }
    }

    boolean isWithdrawn(Finding finding) {
        return withdrawn.contains(finding);
    }
}
