package io.ticketbridge.source.scc;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Turns an evaluation into a finding (compliance.md, sections 1.5 and 8). SCC names no severity. */
final class EvaluationNormaliser {
    private static final int REGION = 5;
    private static final List<String> CONDITION = List.of("property", "operator", "expected_value");

    private EvaluationNormaliser() {}

    static SourceRecord finding(SccReport report, JsonNode evaluation) {
        JsonNode assessment = evaluation.path("assessment");
        JsonNode target = evaluation.path("target");
        String check = assessment.path("assessment_id").asText("");
        String crn = target.path("resource_crn").asText("");
        String uid = crn.isBlank() ? target.path("id").asText("") : crn;
        if (!evaluation.isObject() || check.isBlank() || uid.isBlank()) {
            return new Unreadable(
                    evaluation.toString(), "An evaluation must have an assessment_id and a target with an id or crn");
        }
        String component = evaluation.path("component_id").asText("");
        return new Finding(
                "scc:" + report.getGroupId(),
                target.path("account_id").asText(""),
                region(uid),
                check,
                new Resource(
                        uid,
                        target.path("resource_name").asText(""),
                        target.path("service_name").asText("")),
                result(evaluation.path("status").asText("")),
                Severity.UNKNOWN,
                assessment.path("assessment_description").asText(""),
                message(evaluation),
                "",
                "",
                "",
                report.controlsOf(component, check),
                SccTimes.instant(evaluation.path("evaluate_time").asText("")),
                attributes(report, evaluation),
                List.of());
    }

    private static Result result(String status) {
        return switch (status) {
            case "pass" -> Result.PASS;
            case "failure" -> Result.FAIL;
            default -> Result.INCONCLUSIVE;
        };
    }

    /** The sixth part of a CRN: crn:v1:bluemix:public:SERVICE:REGION:a/ACCOUNT:... */
    private static String region(String crn) {
        String[] parts = crn.split(":", REGION + 2);
        return parts.length > REGION && parts[0].equals("crn") ? parts[REGION] : "";
    }

    private static String message(JsonNode evaluation) {
        StringBuilder message = new StringBuilder();
        String reason = evaluation.path("reason").asText("");
        if (!reason.isBlank()) {
            message.append(reason);
        }
        for (JsonNode property : evaluation.path("details").path("properties")) {
            message.append(message.isEmpty() ? "" : "; ")
                    .append(condition(property))
                    .append(", found ")
                    .append(text(property.path("found_value")));
        }
        return message.toString();
    }

    private static String condition(JsonNode property) {
        StringJoiner condition = new StringJoiner(" ");
        for (String name : CONDITION) {
            String part = text(property.path(name));
            if (!part.isEmpty()) {
                condition.add(part);
            }
        }
        return condition.toString();
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    private static Map<String, String> attributes(SccReport report, JsonNode evaluation) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("profile", report.profile());
        attributes.put(
                "service",
                evaluation.path("target").path("service_display_name").asText(""));
        attributes.put("component", evaluation.path("component_name").asText(""));
        attributes.values().removeIf(String::isBlank);
        return attributes;
    }
}
