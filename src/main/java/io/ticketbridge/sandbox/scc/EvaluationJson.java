package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Writes an evaluation: without a control, without a severity, and with nanoseconds in its time. */
final class EvaluationJson {
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, SccProfile.Assessment> assessments;

    EvaluationJson(SccProfile profile) {
        this.assessments = profile.assessmentsById();
    }

    ObjectNode of(SccEvaluation seen, int number, SccReport report, SccScope scope) {
        SccProfile.Assessment assessment = assessments.get(seen.assessmentId());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("report_id", report.id())
                .put("home_account_id", scope.accountId())
                .put("component_id", seen.componentId())
                .put("component_name", seen.componentId());
        assessment(json.putObject("assessment"), assessment);
        Instant at = report.createdAt().minus(Duration.ofMinutes(5)).plusNanos(number * 13_150_781L + 630_150_782L);
        json.put("evaluate_time", NANOS.format(at));
        target(json.putObject("target"), seen, scope);
        json.put("status", seen.status().json()).put("reason", reason(seen));
        details(json.putObject("details"), seen, assessment);
        return json.put("evaluated_by", "compliance");
    }

    static void assessment(ObjectNode json, SccProfile.Assessment assessment) {
        boolean hasParameter = !absent(assessment.expected());
        json.put("assessment_id", assessment.id())
                .put("assessment_type", "ibm-cloud-rule")
                .put("assessment_method", "ibm-cloud-rule")
                .put("assessment_description", assessment.description())
                .put("parameter_count", hasParameter ? 1 : 0);
        if (hasParameter) {
            String name = assessment.property().replace('.', '_');
            json.putArray("parameters")
                    .addObject()
                    .put("assessment_type", "ibm-cloud-rule")
                    .put("assessment_id", assessment.id())
                    .put("parameter_name", name)
                    .put("parameter_display_name", name.replace('_', ' '))
                    .put("parameter_type", assessment.expected().isArray() ? "string_list" : "string")
                    .set("parameter_value", assessment.expected());
        } else {
            json.putArray("parameters");
        }
    }

    private static void target(ObjectNode json, SccEvaluation seen, SccScope scope) {
        String service = seen.targetId().split(":")[4];
        json.put("id", seen.targetId())
                .put("account_id", scope.accountId())
                .put("service_name", service)
                .put("service_display_name", service)
                .put("resource_crn", seen.targetId())
                .put("resource_name", seen.targetName());
        ObjectNode tags = json.putObject("tags");
        tags.putArray("user").add("team:" + seen.targetName().split("-")[0]);
        List.of("access", "service").forEach(tags::putArray);
    }

    private static void details(ObjectNode json, SccEvaluation seen, SccProfile.Assessment assessment) {
        if (seen.status() == EvaluationStatus.PASS || seen.status() == EvaluationStatus.FAILURE) {
            ObjectNode property = json.putArray("properties")
                    .addObject()
                    .put("property", assessment.property())
                    .put("property_description", assessment.description())
                    .put("operator", assessment.operator());
            property.set("expected_value", orNull(assessment.expected()));
            property.set(
                    "found_value",
                    orNull(seen.status() == EvaluationStatus.FAILURE ? assessment.bad() : assessment.expected()));
        }
        json.putObject("provider_info").put("provider_type", "ibm-cloud");
    }

    private static String reason(SccEvaluation seen) {
        return switch (seen.status()) {
            case PASS -> "";
            case FAILURE -> "One or more conditions in rule " + seen.assessmentId() + " were not met";
            case ERROR -> "The configuration of the resource could not be read";
            case SKIPPED -> "The assessment needs an evaluation by a user";
        };
    }

    private static boolean absent(JsonNode value) {
        return value == null || value.isNull();
    }

    private static JsonNode orNull(JsonNode value) {
        return value == null ? NullNode.getInstance() : value;
    }
}
