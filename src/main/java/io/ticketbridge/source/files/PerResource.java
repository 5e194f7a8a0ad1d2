package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes one finding of each resource of a record; one that can't be told from others costs only itself. */
final class PerResource {
    private PerResource() {}

    static Normalised of(
            Iterable<JsonNode> resources,
            Function<JsonNode, Resource> reader,
            BiFunction<JsonNode, Resource, Finding> finding)
            throws Unfit {
        List<Finding> findings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (JsonNode node : resources) {
            Resource resource = reader.apply(node);
            if (resource.uid().isBlank()) {
                problems.add(
                        "a resource has no id, so the finding could not be told from others; correct it at its source");
            } else {
                findings.add(finding.apply(node, resource));
            }
        }
        if (findings.isEmpty() && problems.isEmpty()) {
            throw new Unfit(
                    "the record names no resource, so it could not be told from others; correct it at its source");
        }
        return new Normalised(findings, problems);
    }
}
