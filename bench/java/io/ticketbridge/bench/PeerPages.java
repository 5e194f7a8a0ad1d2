package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The newest report as the peers read it, as trees: first its controls, then page after page, joined with them. */
final class PeerPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SourceClient client;
    private final Map<String, List<String>> controls = new HashMap<>();

    PeerPages(URI source) {
        client = new SourceClient(source);
    }

    /** @return how many evaluations there were */
    long each(Consumer<List<SmallEvaluation>> page) throws IOException, InterruptedException {
        client.token();
        JsonNode report = JSON.readTree(client.latest()).at("/reports/0");
        String id = report.path("id").asText();
        String scope = "scc:" + report.path("group_id").asText();
        takeControls(JSON.readTree(client.controls(id)));
        long read = 0;
        String start = "";
        do {
            JsonNode answer = JSON.readTree(client.evaluations(id, start));
            List<SmallEvaluation> evaluations = new ArrayList<>();
            answer.path("evaluations")
                    .forEach(each -> evaluations.add(SmallEvaluation.of(
                            each,
                            scope,
                            controls.getOrDefault(
                                    key(
                                            each.path("component_id"),
                                            each.path("assessment").path("assessment_id")),
                                    List.of()))));
            read += evaluations.size();
            page.accept(evaluations);
            start = answer.path("next").path("start").asText();
        } while (!start.isEmpty());
        return read;
    }

    private void takeControls(JsonNode answer) {
        answer.path("controls")
                .forEach(control -> control.path("control_specifications").forEach(specification -> specification
                        .path("assessments")
                        .forEach(assessment -> controls.computeIfAbsent(
                                        key(specification.path("component_id"), assessment.path("assessment_id")),
                                        unknown -> new ArrayList<>())
                                .add(control.path("id").asText()))));
    }

    private static String key(JsonNode component, JsonNode assessment) {
        return component.asText() + '\n' + assessment.asText();
    }
}
