package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.scc.EvaluationStatus;
import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.sandbox.scc.SccSimulator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What those see and do whose IBM Cloud accounts the simulated SCC scans. */
final class SccDesk {
    static final List<String> KINDS = List.of("complete", "empty", "failed");

    private final SccSimulator scc;
    private final Set<String> touched = new LinkedHashSet<>();

    SccDesk(SccSimulator scc) {
        this.scc = scc;
    }

    /** What the next report will say fails. */
    List<SccEvaluation> failing() {
        return scc.failing();
    }

    /** What was fixed on this page. */
    synchronized List<SccEvaluation> fixed() {
        return touched.isEmpty()
                ? List.of()
                : scc.evaluations().stream()
                        .filter(seen -> seen.status() == EvaluationStatus.PASS
                                && touched.contains(seen.assessmentId() + '\n' + seen.targetId()))
                        .toList();
    }

    String describe(String assessmentId) {
        return scc.describe(assessmentId);
    }

    int reports() {
        return scc.reports().size();
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("scc/fix", form -> change(form, EvaluationStatus.PASS, "passes"));
        actions.put("scc/break", form -> change(form, EvaluationStatus.FAILURE, "fails"));
        actions.put("scc/replace", this::replace);
        actions.put("scc/scan", this::scan);
        return actions;
    }

    private synchronized String change(Form form, EvaluationStatus status, String verb) {
        String assessment = form.required("assessment");
        String target = form.required("target");
        scc.set(assessment, target, status);
        touched.add(assessment + '\n' + target);
        return assessment + " " + verb + " on " + target + " from the next scan on";
    }

    private String replace(Form form) {
        String target = form.required("target");
        String successor = scc.replaceResource(form.required("assessment"), target);
        return target + " is gone; " + successor + " passes in its place from the next scan on";
    }

    private String scan(Form form) {
        String kind = form.oneOf("kind", KINDS);
        switch (kind) {
            case "complete" -> scc.nextScan();
            case "empty" -> scc.groupIds().forEach(scc::emptyScan);
            default -> scc.groupIds().forEach(scc::failedScan);
        }
        return "SCC has new reports (" + kind + ") of both scopes";
    }
}
