package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the controls of a report, with their specifications (one per assessment) and figures. */
final class ControlJson {
    private final SccProfile profile;
    private final Map<String, SccProfile.Assessment> assessments;

    ControlJson(SccProfile profile) {
        this.profile = profile;
        this.assessments = profile.assessmentsById();
    }

    List<ObjectNode> of(SccReport report, SccScope scope) {
        Map<String, List<SccEvaluation>> byAssessment = report.evaluations().stream()
                .collect(Collectors.groupingBy(seen -> seen.componentId() + '\n' + seen.assessmentId()));
        return profile.controls().stream()
                .map(control -> control(control, report, scope, byAssessment))
                .toList();
    }

    private ObjectNode control(
            SccProfile.Control control,
            SccReport report,
            SccScope scope,
            Map<String, List<SccEvaluation>> byAssessment) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("report_id", report.id())
                .put("home_account_id", scope.accountId())
                .put("id", control.id())
                .put("control_library_id", SccProfile.LIBRARY)
                .put("control_library_version", "1.7.0")
                .put("control_name", control.name())
                .put("control_description", control.description())
                .put("control_category", control.category());
        ArrayNode specifications = json.putArray("control_specifications");
        List<String> statuses = new ArrayList<>();
        for (String id : control.assessments()) {
            SccProfile.Assessment assessment = assessments.get(id);
            List<SccEvaluation> seen = byAssessment.getOrDefault(assessment.component() + '\n' + id, List.of());
            statuses.add(specification(specifications.addObject(), control, assessment, seen));
        }
        ObjectNode tags = json.putObject("resource_tags");
        List.of("user", "access", "service").forEach(tags::putArray);
        Counts.parts(json, statuses);
        return json;
    }

    private static String specification(
            ObjectNode json, SccProfile.Control control, SccProfile.Assessment assessment, List<SccEvaluation> seen) {
        json.put("control_specification_id", control.id() + "-" + assessment.component())
                .put("control_specification_description", assessment.description())
                .put("component_id", assessment.component())
                .put("component_name", assessment.component())
                .put("environment", "ibm cloud")
                .put("responsibility", "user");
        ObjectNode listed = json.putArray("assessments").addObject();
        EvaluationJson.assessment(listed, assessment);
        Counts.evaluations(listed, seen, false);
        return Counts.parts(json, List.of(Counts.status(seen)));
    }
}
