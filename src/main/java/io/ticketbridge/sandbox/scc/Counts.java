package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The two kinds of figures in a report: those of evaluations, and those of what evaluations add up to. */
final class Counts {
    private Counts() {}

    /** {@code total_count}, {@code pass_count} and so on. */
    static void evaluations(ObjectNode into, Collection<SccEvaluation> seen, boolean withSkipped) {
        Map<EvaluationStatus, Integer> counts = new TreeMap<>();
        seen.forEach(evaluation -> counts.merge(evaluation.status(), 1, Integer::sum));
        int pass = counts.getOrDefault(EvaluationStatus.PASS, 0);
        int failure = counts.getOrDefault(EvaluationStatus.FAILURE, 0);
        into.put("total_count", seen.size())
                .put("pass_count", pass)
                .put("failure_count", failure)
                .put("error_count", counts.getOrDefault(EvaluationStatus.ERROR, 0));
        if (withSkipped) {
            into.put("skipped_count", counts.getOrDefault(EvaluationStatus.SKIPPED, 0));
        }
        into.put("completed_count", pass + failure);
    }

    /** {@code status}, {@code total_count}, {@code compliant_count} and so on, of the parts' statuses. */
    static String parts(ObjectNode into, Collection<String> statuses) {
        String status = worst(statuses);
        into.put("status", status).put("total_count", statuses.size());
        for (String one : new String[] {
            "compliant", "not_compliant", "unable_to_perform", "user_evaluation_required", "not_applicable"
        }) {
            into.put(one + "_count", (int) statuses.stream().filter(one::equals).count());
        }
        return status;
    }

    /** What evaluations add up to. */
    static String status(Collection<SccEvaluation> seen) {
        return worst(seen.stream().map(Counts::status).toList());
    }

    private static String status(SccEvaluation seen) {
        return switch (seen.status()) {
            case PASS -> "compliant";
            case FAILURE -> "not_compliant";
            case ERROR -> "unable_to_perform";
            case SKIPPED -> "user_evaluation_required";
        };
    }

    private static String worst(Collection<String> statuses) {
        for (String status :
                new String[] {"not_compliant", "unable_to_perform", "user_evaluation_required", "compliant"}) {
            if (statuses.contains(status)) {
                return status;
            }
        }
        return "not_applicable";
    }
}
