package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a report, its summary, and the newest reports of all scopes. */
final class ReportJson {
    private static final int TOP_FAILED = 10;

    private final SccProfile profile;
    private final ControlJson controls;
    private final String instanceId;

    ReportJson(SccProfile profile, ControlJson controls, String instanceId) {
        this.profile = profile;
        this.controls = controls;
        this.instanceId = instanceId;
    }

    ObjectNode of(SccReport report, SccScope scope) {
        String at = report.createdAt().toString();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", report.id())
                .put("type", "scheduled")
                .put("group_id", report.groupId())
                .put("created_on", at)
                .put("scan_time", at)
                .put(
                        "cos_object",
                        "crn:v1:bluemix:public:cloud-object-storage:global:a/" + scope.accountId() + ":" + instanceId
                                + ":bucket:results")
                .put("instance_id", instanceId);
        account(json, scope);
        json.putObject("profile")
                .put("id", SccProfile.ID)
                .put("name", "Example Framework for Cloud Services")
                .put("version", "1.7.0");
        json.putObject("scope").put("id", scope.scopeId()).put("type", "account");
        attachment(json.putObject("attachment"), scope);
        List<ObjectNode> listed = controls.of(report, scope);
        ObjectNode summary = json.putObject("controls_summary");
        controlsSummary(summary, listed);
        ArrayNode failed = summary.putArray("not_compliant_controls");
        listed.stream().filter(ReportJson::isNotCompliant).forEach(control -> failed.addObject()
                .put("id", control.get("id").asText())
                .put("control_name", control.get("control_name").asText())
                .put("control_description", control.get("control_description").asText()));
        evaluationsSummary(json.putObject("evaluations_summary"), report.evaluations());
        ObjectNode tags = json.putObject("tags");
        List.of("user", "access", "service").forEach(tags::putArray);
        json.putArray("scopes")
                .addObject()
                .put("id", scope.scopeId())
                .put("name", scope.name())
                .put(
                        "href",
                        "https://us-south.compliance.cloud.ibm.com/instances/" + instanceId + "/v3/scopes/"
                                + scope.scopeId())
                .put("environment", "ibm-cloud");
        ObjectNode additional = json.putObject("additional_details").put("created_by", "compliance");
        additional.putArray("labels");
        additional.putArray("links");
        return json;
    }

    ObjectNode summary(SccReport report, SccScope scope) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("report_id", report.id())
                .put("instance_id", instanceId);
        account(json, scope);
        List<ObjectNode> listed = controls.of(report, scope);
        score(json.putObject("score"), listed);
        evaluationsSummary(json.putObject("evaluations"), report.evaluations());
        controlsSummary(json.putObject("controls"), listed);
        Map<String, List<SccEvaluation>> byTarget =
                report.evaluations().stream().collect(Collectors.groupingBy(SccEvaluation::targetId));
        ObjectNode resources = json.putObject("resources");
        Counts.parts(resources, byTarget.values().stream().map(Counts::status).toList());
        ArrayNode failed = resources.putArray("top_failed");
        byTarget.values().stream()
                .filter(seen -> failures(seen) > 0)
                .sorted(Comparator.comparing(ReportJson::failures).reversed().thenComparing(seen -> seen.get(0)
                        .targetId()))
                .limit(TOP_FAILED)
                .forEach(seen -> topFailed(failed.addObject(), seen, scope));
        return json;
    }

    ObjectNode latest(List<SccReport> newest, Map<String, SccScope> scopes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("home_account_id", scopes.values().iterator().next().accountId());
        List<ObjectNode> all = newest.stream()
                .flatMap(report -> controls.of(report, scopes.get(report.groupId())).stream())
                .toList();
        controlsSummary(json.putObject("controls_summary"), all);
        evaluationsSummary(
                json.putObject("evaluations_summary"),
                newest.stream().flatMap(report -> report.evaluations().stream()).toList());
        score(json.putObject("score"), all);
        ArrayNode reports = json.putArray("reports");
        newest.forEach(report -> reports.add(of(report, scopes.get(report.groupId()))));
        return json;
    }

    private static void account(ObjectNode json, SccScope scope) {
        json.putObject("account")
                .put("id", scope.accountId())
                .put("name", "Example Company")
                .put("type", "ibm_cloud");
    }

    private void attachment(ObjectNode json, SccScope scope) {
        json.put("id", scope.attachmentId())
                .put("name", scope.name())
                .put("description", "All of " + scope.name())
                .put("schedule", "daily");
        json.putArray("scopes")
                .addObject()
                .put("id", scope.scopeId())
                .put("name", scope.name())
                .put("environment", "ibm-cloud")
                .put("account_id", scope.accountId())
                .put("instance_id", instanceId);
        ObjectNode notified =
                json.putObject("notifications").put("enabled", false).putObject("controls");
        notified.put("threshold_limit", profile.controls().size()).putArray("failed_control_ids");
    }

    private static void controlsSummary(ObjectNode into, List<ObjectNode> listed) {
        Counts.parts(
                into,
                listed.stream().map(control -> control.get("status").asText()).toList());
    }

    private static void evaluationsSummary(ObjectNode into, Collection<SccEvaluation> seen) {
        into.put("status", Counts.status(seen));
        Counts.evaluations(into, seen, true);
    }

    private static void score(ObjectNode into, List<ObjectNode> listed) {
        long passed = listed.stream()
                .filter(control -> control.get("status").asText().equals("compliant"))
                .count();
        into.put("passed", passed)
                .put("total_count", listed.size())
                .put("percent", listed.isEmpty() ? 0 : passed * 100 / listed.size());
    }

    private static void topFailed(ObjectNode json, List<SccEvaluation> seen, SccScope scope) {
        SccEvaluation first = seen.get(0);
        String service = first.targetId().split(":")[4];
        json.put("id", first.targetId())
                .put("name", first.targetName())
                .put("account", scope.accountId())
                .put("service", service)
                .put("service_display_name", service);
        ObjectNode tags = json.putObject("tags");
        List.of("user", "access", "service").forEach(tags::putArray);
        evaluationsSummary(json, seen);
    }

    private static boolean isNotCompliant(ObjectNode control) {
        return control.get("status").asText().equals("not_compliant");
    }

    private static long failures(List<SccEvaluation> seen) {
        return seen.stream()
                .filter(one -> one.status() == EvaluationStatus.FAILURE)
                .count();
    }
}
