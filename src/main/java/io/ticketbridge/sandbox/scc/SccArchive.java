package io.ticketbridge.sandbox.scc;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The scopes as they are now and the reports that were made of them. Safe for many threads. */
final class SccArchive {
    private final Clock clock;
    private final Map<String, SccScope> scopes = new LinkedHashMap<>();
    private final Map<String, SccReport> reports = new LinkedHashMap<>();
    private Instant last = Instant.EPOCH;

    SccArchive(Clock clock, List<SccScope> scopes) {
        this.clock = clock;
        scopes.forEach(scope -> this.scopes.put(scope.groupId(), scope));
    }

    /** By group id; what never changes about a scope may be read without the archive's monitor. */
    Map<String, SccScope> scopes() {
        return scopes;
    }

    SccScope scope(String groupId) {
        SccScope scope = scopes.get(groupId);
        if (scope == null) {
            throw new IllegalArgumentException("There is no group " + groupId + "; there are " + scopes.keySet());
        }
        return scope;
    }

    /** Newest first. */
    synchronized List<SccReport> all() {
        List<SccReport> newestFirst = new ArrayList<>(reports.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The newest of each scope. */
    synchronized List<SccReport> newest() {
        Map<String, SccReport> newest = new LinkedHashMap<>();
        reports.values().forEach(report -> newest.put(report.groupId(), report));
        return List.copyOf(newest.values());
    }

    synchronized Optional<SccReport> find(String id) {
        return Optional.ofNullable(reports.get(id));
    }

    synchronized void delete(String id) {
        if (reports.remove(id) == null) {
            throw new IllegalArgumentException("There is no report " + id);
        }
    }

    synchronized List<SccEvaluation> evaluations() {
        return scopes.values().stream()
                .flatMap(scope -> scope.evaluations().stream())
                .toList();
    }

    synchronized SccReport report(String groupId, List<SccEvaluation> evaluations) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        // Reports of one second would have no order.
        last = now.isAfter(last) ? now : last.plusSeconds(1);
        String id = UUID.nameUUIDFromBytes((groupId + last).getBytes(StandardCharsets.UTF_8))
                .toString();
        SccReport report = new SccReport(id, groupId, last, evaluations);
        reports.put(id, report);
        return report;
    }
}
