package io.ticketbridge.source.scc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Turns an evaluation into a finding (compliance.md, sections 1.5 and 8). SCC names no severity. One thread uses it. */
final class EvaluationNormaliser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REGION = 5;
    private static final int MOST_ATTRIBUTES = 1000;

    private final SccReport report;
    private final EvaluationReader reader = new EvaluationReader();
    /** Few services and components share many findings. */
    private final Map<List<String>, Map<String, String>> attributes = new HashMap<>();

    EvaluationNormaliser(SccReport report) {
        this.report = report;
    }

    EvaluationReader reader() {
        return reader;
    }

    SourceRecord finding(JsonNode evaluation) {
        try (JsonParser parser = evaluation.traverse(JSON)) {
            parser.nextToken();
            return finding(evaluation.isObject() ? reader.read(parser) : null, () -> evaluation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param evaluation null where it is no object
     * @param raw as it came
     */
    SourceRecord finding(Evaluation evaluation, Supplier<JsonNode> raw) {
        if (evaluation == null || !evaluation.isReadable()) {
            return new Unreadable(
                    raw.get().toString(), "An evaluation must have an assessment_id and a target with an id or crn");
        }
        String uid = evaluation.uid();
        return new Finding(
                report.scope(),
                evaluation.account(),
                region(uid),
                evaluation.check(),
                new Resource(uid, evaluation.resourceName(), evaluation.service()),
                result(evaluation.status()),
                Severity.UNKNOWN,
                evaluation.title(),
                message(evaluation),
                "",
                "",
                "",
                report.controlsOf(evaluation.component(), evaluation.check()),
                SccTimes.instant(evaluation.time()),
                attributes(evaluation),
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
        if (!crn.startsWith("crn:")) {
            return "";
        }
        int from = 0;
        for (int part = 0; part < REGION; part++) {
            from = crn.indexOf(':', from) + 1;
            if (from == 0) {
                return "";
            }
        }
        int to = crn.indexOf(':', from);
        return to < 0 ? crn.substring(from) : crn.substring(from, to);
    }

    private static String message(Evaluation evaluation) {
        if (evaluation.reason().isBlank()) {
            return evaluation.properties();
        }
        return evaluation.properties().isEmpty()
                ? evaluation.reason()
                : evaluation.reason() + "; " + evaluation.properties();
    }

    private Map<String, String> attributes(Evaluation evaluation) {
        if (attributes.size() > MOST_ATTRIBUTES) {
            attributes.clear();
        }
        return attributes.computeIfAbsent(List.of(evaluation.serviceName(), evaluation.componentName()), names -> {
            Map<String, String> named = new LinkedHashMap<>();
            named.put("profile", report.profile());
            named.put("service", names.get(0));
            named.put("component", names.get(1));
            named.values().removeIf(String::isBlank);
            return Map.copyOf(named);
        });
    }
}
