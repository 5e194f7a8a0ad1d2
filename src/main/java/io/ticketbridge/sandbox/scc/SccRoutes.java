package io.ticketbridge.sandbox.scc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Handler;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.iam.IamTokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Answers IAM and the Results API. Reads only: a report never changes. */
final class SccRoutes implements Handler {
    private final String base;
    private final SccArchive archive;
    private final IamTokens tokens;
    private final ReportJson reports;
    private final ControlJson controls;
    private final EvaluationJson evaluations;
    private final AtomicLong traces = new AtomicLong();

    SccRoutes(String instanceId, SccArchive archive, IamTokens tokens, SccProfile profile) {
        this.base = "/instances/" + instanceId + "/v3";
        this.archive = archive;
        this.tokens = tokens;
        this.controls = new ControlJson(profile);
        this.reports = new ReportJson(profile, controls, instanceId);
        this.evaluations = new EvaluationJson(profile);
    }

    @Override
    public Answer handle(Request request) {
        if (request.path().equals(IamTokens.PATH)) {
            return tokens.issue(request);
        }
        Answer answer;
        try {
            answer = tokens.accepts(request) ? route(request) : SccErrors.unauthorized();
        } catch (IllegalArgumentException e) {
            answer = SccErrors.badRequest(e.getMessage());
        }
        String trace = request.header("X-Correlation-ID")
                .orElseGet(() -> String.format("sandbox-%08d", traces.incrementAndGet()));
        return traced(answer, trace).with("Cache-Control", "no-store");
    }

    private static Answer traced(Answer answer, String trace) {
        Answer named = answer.with("Transaction-Id", trace).with("X-Correlation-Id", trace);
        return answer.status() < 400
                ? named
                : named.withBody(answer.text()
                        .replace("\"trace\":\"sandbox\"", "\"trace\":" + JsonNodeFactory.instance.textNode(trace))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Answer route(Request request) {
        if (!request.method().equals("GET") || !request.path().startsWith(base + "/reports")) {
            return SccErrors.notFound("The path");
        }
        String rest = request.path().substring((base + "/reports").length());
        if (rest.isEmpty()) {
            return list(request);
        }
        List<String> segments = List.of(rest.substring(1).split("/"));
        if (rest.equals("/latest")) {
            return Answer.json(200, reports.latest(archive.newest(), archive.scopes()));
        }
        Optional<SccReport> found = archive.find(segments.get(0));
        if (found.isEmpty()) {
            return SccErrors.notFound("The report " + segments.get(0));
        }
        return one(request, found.get(), segments.size() > 1 ? segments.get(1) : "");
    }

    private Answer one(Request request, SccReport report, String what) {
        SccScope scope = archive.scopes().get(report.groupId());
        return switch (what) {
            case "" -> Answer.json(200, reports.of(report, scope));
            case "summary" -> Answer.json(200, reports.summary(report, scope));
            case "controls" -> controls(request, report, scope);
            case "evaluations" -> evaluations(request, report, scope);
            default -> SccErrors.notFound("The path");
        };
    }

    private Answer list(Request request) {
        Map<String, Function<SccReport, String>> filters = Map.of(
                "group_id", SccReport::groupId,
                "report_attachment_id",
                        report -> archive.scopes().get(report.groupId()).attachmentId(),
                "report_profile_id", report -> SccProfile.ID,
                "type", report -> "scheduled");
        List<SccReport> found = filtered(request, archive.all(), filters);
        if (request.query("sort").orElse("-created_on").equals("created_on")) {
            Collections.reverse(found);
        }
        SccPages pages = SccPages.read(request);
        ObjectNode page = pages.head(request, found.size());
        page.put("home_account_id", archive.scopes().values().iterator().next().accountId());
        ArrayNode listed = page.putArray("reports");
        slice(found, pages)
                .forEach(
                        report -> listed.add(reports.of(report, archive.scopes().get(report.groupId()))));
        return Answer.json(200, page);
    }

    private Answer controls(Request request, SccReport report, SccScope scope) {
        Map<String, Function<ObjectNode, String>> filters = Map.of(
                "control_id", control -> control.get("id").asText(),
                "control_name", control -> control.get("control_name").asText(),
                "control_description",
                        control -> control.get("control_description").asText(),
                "control_category", control -> control.get("control_category").asText(),
                "status", control -> control.get("status").asText());
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("report_id", report.id())
                .put("home_account_id", scope.accountId());
        filtered(request, controls.of(report, scope), filters).forEach(body.putArray("controls")::add);
        return Answer.json(200, body);
    }

    private Answer evaluations(Request request, SccReport report, SccScope scope) {
        Map<String, Function<SccEvaluation, String>> filters = Map.of(
                "assessment_id", SccEvaluation::assessmentId,
                "assessment_method", seen -> "ibm-cloud-rule",
                "component_id", SccEvaluation::componentId,
                "target_id", SccEvaluation::targetId,
                "target_name", SccEvaluation::targetName,
                "target_env", seen -> "ibm-cloud",
                "status", seen -> seen.status().json());
        List<SccEvaluation> found = filtered(request, report.evaluations(), filters);
        SccPages pages = SccPages.read(request);
        ObjectNode page = pages.head(request, found.size())
                .put("report_id", report.id())
                .put("home_account_id", scope.accountId());
        ArrayNode listed = page.putArray("evaluations");
        int number = pages.from();
        for (SccEvaluation seen : slice(found, pages)) {
            listed.add(evaluations.of(seen, number++, report, scope));
        }
        return Answer.json(200, page);
    }

    private static <T> List<T> filtered(Request request, List<T> all, Map<String, Function<T, String>> filters) {
        List<T> found = new ArrayList<>(all);
        Map<String, String> query = request.query();
        filters.forEach((name, value) -> {
            if (query.containsKey(name)) {
                found.removeIf(one -> !value.apply(one).equals(query.get(name)));
            }
        });
        return found;
    }

    private static <T> List<T> slice(List<T> found, SccPages pages) {
        int from = Math.min(pages.from(), found.size());
        return found.subList(from, Math.max(from, pages.to(found.size())));
    }
}
