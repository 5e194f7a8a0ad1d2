package io.ticketbridge.sandbox.scc;

/**
 * What a scan says of one assessment on one target.
 *
 * @param targetId the target's CRN
 */
public record SccEvaluation(
        String groupId,
        String componentId,
        String assessmentId,
        String targetId,
        String targetName,
        EvaluationStatus status) {

    SccEvaluation with(EvaluationStatus other) {
        return new SccEvaluation(groupId, componentId, assessmentId, targetId, targetName, other);
    }

    SccEvaluation on(String otherId, String otherName) {
        return new SccEvaluation(groupId, componentId, assessmentId, otherId, otherName, status);
    }
}
