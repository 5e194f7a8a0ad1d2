package io.ticketbridge.source.visionone;

import static io.ticketbridge.source.visionone.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a person reads of an alert: what was detected, on what, by which rules and traces. Lists are sorted, so that the same
 * alert reads the same however the source orders them.
 */
final class AlertStory {
    /** The most that one list names, and the longest value: an alert may have megabytes of them. */
    private static final int MOST = 50;

    private static final int LONGEST = 300;

    private final JsonNode alert;

    AlertStory(JsonNode alert) {
        this.alert = alert;
    }

    /** The model, and the first host, or else the first of what it affects. */
    String title() {
        String model = text(alert, "model");
        String name = model.isBlank() ? "Workbench alert " + text(alert, "id") : model;
        List<JsonNode> entities = elements(alert.at("/impactScope/entities")).toList();
        return Stream.concat(
                        names(entities.stream()
                                .filter(entity -> text(entity, "entityType").equals("host"))),
                        names(entities.stream()))
                .findFirst()
                .map(first -> name + " on " + first)
                .orElse(name);
    }

    String description() {
        List<String> parts = new ArrayList<>();
        addIf(parts, "", text(alert, "description"));
        addIf(parts, "Campaign: ", text(alert, "campaign"));
        addIf(parts, "Report: ", text(alert, "reportLink"));
        addList(parts, "Affected:", elements(alert.at("/impactScope/entities")).map(AlertStory::entity));
        addList(parts, "Detected by:", rules().map(AlertStory::rule));
        addList(
                parts,
                "Matched intelligence:",
                elements(alert.path("matchedIndicatorPatterns")).map(pattern -> text(pattern, "pattern")));
        addList(
                parts,
                "Techniques:",
                rules().flatMap(rule -> elements(rule.path("matchedFilters")))
                        .flatMap(filter -> elements(filter.path("mitreTechniqueIds")))
                        .map(Fields::text));
        addList(parts, "Indicators:", elements(alert.path("indicators")).map(AlertStory::indicator));
        return String.join("\n\n", parts);
    }

    private Stream<JsonNode> rules() {
        return elements(alert.path("matchedRules"));
    }

    private static String rule(JsonNode rule) {
        String filters = String.join(
                ", ",
                new TreeSet<>(elements(rule.path("matchedFilters"))
                        .map(filter -> text(filter, "name"))
                        .filter(name -> !name.isBlank())
                        .toList()));
        return filters.isEmpty() ? text(rule, "name") : text(rule, "name") + " (" + filters + ")";
    }

    private static Stream<String> names(Stream<JsonNode> entities) {
        return entities.map(entity -> value(entity.path("entityValue")))
                .filter(name -> !name.isBlank())
                .sorted();
    }

    private static String entity(JsonNode entity) {
        String name = value(entity.path("entityValue"));
        String ips = Fields.joined(entity.path("entityValue").path("ips"));
        return name.isBlank() ? "" : text(entity, "entityType") + " " + name + (ips.isEmpty() ? "" : " (" + ips + ")");
    }

    private static String indicator(JsonNode indicator) {
        String value = value(indicator.path("value"));
        return value.isBlank() ? "" : text(indicator, "type") + " " + value;
    }

    /** A host is an object with a name, everything else a text. */
    private static String value(JsonNode value) {
        return value.isObject()
                ? (text(value, "name").isBlank() ? text(value, "guid") : text(value, "name"))
                : text(value);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static void addIf(List<String> parts, String label, String text) {
        if (!text.isBlank()) {
            parts.add(label + text.strip());
        }
    }

    private static void addList(List<String> parts, String label, Stream<String> values) {
        TreeSet<String> sorted = new TreeSet<>();
        values.map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> PlainText.cut(value, LONGEST))
                .forEach(sorted::add);
        if (sorted.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(label));
        sorted.stream().limit(MOST).forEach(value -> lines.add("- " + value));
        if (sorted.size() > MOST) {
            lines.add("- and " + (sorted.size() - MOST) + " more");
        }
        parts.add(String.join("\n", lines));
    }
}
