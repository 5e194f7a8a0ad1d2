package io.ticketbridge.sandbox.scc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is scanned together, and what the next scan will say of it. Its owner guards it. */
final class SccScope {
    private final String groupId;
    private final String scopeId;
    private final String attachmentId;
    private final String accountId;
    private final String name;
    private final Map<String, SccEvaluation> evaluations = new LinkedHashMap<>();

    SccScope(String groupId, String scopeId, String attachmentId, String accountId, String name) {
        this.groupId = groupId;
        this.scopeId = scopeId;
        this.attachmentId = attachmentId;
        this.accountId = accountId;
        this.name = name;
    }

    String groupId() {
        return groupId;
    }

    String scopeId() {
        return scopeId;
    }

    String attachmentId() {
        return attachmentId;
    }

    String accountId() {
        return accountId;
    }

    String name() {
        return name;
    }

    List<SccEvaluation> evaluations() {
        return List.copyOf(evaluations.values());
    }

    void put(SccEvaluation seen) {
        evaluations.put(key(seen.assessmentId(), seen.targetId()), seen);
    }

    /** @return whether this scope has the target under the assessment */
    boolean change(String assessmentId, String targetId, UnaryOperator<SccEvaluation> how) {
        SccEvaluation seen = evaluations.get(key(assessmentId, targetId));
        if (seen == null) {
            return false;
        }
        put(how.apply(seen));
        return true;
    }

    /** Puts another target in the place of one; the assessment passes on it, all others say what they said. */
    boolean replace(String assessmentId, String targetId, String otherId, String otherName) {
        boolean found = evaluations.containsKey(key(assessmentId, targetId));
        if (found) {
            for (SccEvaluation seen : evaluations()) {
                if (seen.targetId().equals(targetId)) {
                    evaluations.remove(key(seen.assessmentId(), targetId));
                    SccEvaluation next = seen.on(otherId, otherName);
                    put(seen.assessmentId().equals(assessmentId) ? next.with(EvaluationStatus.PASS) : next);
                }
            }
        }
        return found;
    }

    private static String key(String assessmentId, String targetId) {
        return assessmentId + '\n' + targetId;
    }
}
