package io.ticketbridge.source.scc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A report while its evaluations are read, a page at a time. One thread reads it. */
public final class SccReport {
    /** Handed on together: a look-up and a transaction for each page of the API would cost more than all else. */
    private static final int WORTH_A_TRANSACTION = 1000;

    private final String id;
    private final String groupId;
    private final String scope;
    private final String profile;
    private final Instant created;
    private final long announced;
    /** By component and assessment. */
    private final Map<String, Map<String, List<Control>>> controls = new HashMap<>();

    private final SccPages pages;
    private final EvaluationNormaliser trees = new EvaluationNormaliser(this);
    private List<SourceRecord> collected = new ArrayList<>();

    SccReport(JsonNode report) {
        id = report.path("id").asText();
        groupId = report.path("group_id").asText();
        created = SccTimes.instant(report.path("created_on").asText(""));
        profile = report.path("profile").path("name").asText("");
        announced = report.path("evaluations_summary").path("total_count").asLong(-1);
        scope = "scc:" + groupId;
        pages = new SccPages(this);
    }

    public String getId() {
        return id;
    }

    public String getGroupId() {
        return groupId;
    }

    /** What its findings are in. */
    String scope() {
        return scope;
    }

    String profile() {
        return profile;
    }

    Instant created() {
        return created;
    }

    /** What the scope's watermark says once the report is read. */
    String position() {
        return created + " " + id;
    }

    /** @param position of the report of this scope that was read last */
    boolean isAfter(String position) {
        String[] parts = position.split(" ", 2);
        return !id.equals(parts[parts.length - 1]) && !created.isBefore(SccTimes.instant(parts[0]));
    }

    /** Whether what is not in it is gone (P11): not if it is empty, or holds less than its summary says. */
    boolean isEvidence() {
        return pages.areAll(announced);
    }

    public SccPages getPages() {
        return pages;
    }

    public SccCall controlsCall() {
        return new SccCall("/reports/" + id + "/controls", "");
    }

    /** Evaluations name no control: they are joined by component and assessment; one may serve several (section 1.6). */
    public void takeControls(JsonNode answer) {
        answer.path("controls").forEach(control -> {
            Control known = control(control);
            control.path("control_specifications").forEach(specification -> specification
                    .path("assessments")
                    .forEach(assessment -> add(
                            specification.path("component_id").asText(),
                            assessment.path("assessment_id").asText(),
                            known)));
        });
        // Findings take lists that can't change as they are.
        controls.values().forEach(checks -> checks.replaceAll((check, served) -> List.copyOf(served)));
    }

    private void add(String component, String assessment, Control control) {
        controls.computeIfAbsent(component, name -> new HashMap<>())
                .merge(
                        assessment,
                        List.of(control),
                        (known, one) -> known.contains(control)
                                ? known
                                : Stream.concat(known.stream(), one.stream()).toList());
    }

    private Control control(JsonNode control) {
        String name = control.path("control_name").asText("");
        String id = control.path("id").asText(name);
        String description = control.path("control_description").asText("");
        return new Control(
                "", id, name.equals(description) || description.isEmpty() ? name : name + ": " + description);
    }

    List<Control> controlsOf(String component, String assessment) {
        return controls.getOrDefault(component, Map.of()).getOrDefault(assessment, List.of());
    }

    void collect(List<SourceRecord> records) {
        collected.addAll(records);
    }

    /** For the thread that works on what was read. */
    EvaluationNormaliser trees() {
        return trees;
    }

    public boolean isWorthATransaction() {
        return collected.size() >= WORTH_A_TRANSACTION;
    }

    List<SourceRecord> collected() {
        List<SourceRecord> out = collected;
        collected = new ArrayList<>();
        return out;
    }
}
