package io.ticketbridge.sandbox.scc;

import java.time.Instant;
import java.util.List;

/** One scan of one scope. It never changes. */
public record SccReport(String id, String groupId, Instant createdAt, List<SccEvaluation> evaluations) {
    public SccReport {
        evaluations = List.copyOf(evaluations);
    }

    public long count(EvaluationStatus status) {
        return evaluations.stream().filter(seen -> seen.status() == status).count();
    }
}
