package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the bodies of writes to alerts against the documented fields, lengths and values. */
final class AlertRules {
    private static final int MAX_NOTE = 500_000;
    /** Results that the deprecated status knows by the same name. */
    private static final Set<String> VERDICTS = Set.of("True Positive", "False Positive", "Benign True Positive");

    private static final Map<String, Set<String>> WRITABLE = Map.of(
            "status", Set.of("Open", "In Progress", "Closed"),
            "investigationResult",
                    Set.of(
                            "No Findings",
                            "Noteworthy",
                            "True Positive",
                            "False Positive",
                            "Benign True Positive",
                            "Other Findings"),
            "investigationStatus",
                    Set.of("New", "In Progress", "True Positive", "False Positive", "Benign True Positive", "Closed"));

    private AlertRules() {}

    /** What a PATCH sets: a deprecated status stands for a status and a result; closing needs a result. */
    static ObjectNode changes(ObjectNode body) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            Set<String> allowed = WRITABLE.get(field.getKey());
            if (allowed == null
                    || !field.getValue().isTextual()
                    || !allowed.contains(field.getValue().asText())) {
                throw new BadRequest("InvalidField", "The field " + field.getKey() + " can't be set to this.");
            }
        }
        ObjectNode changes = current(body.path("investigationStatus").asText());
        body.properties().stream()
                .filter(field -> !field.getKey().equals("investigationStatus"))
                .forEach(field -> changes.set(field.getKey(), field.getValue()));
        if (changes.path("status").asText().equals("Closed") && !changes.has("investigationResult")) {
            throw new BadRequest("ResultMissing", "Closing an alert needs an investigationResult.");
        }
        return changes;
    }

    private static ObjectNode current(String deprecated) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (VERDICTS.contains(deprecated)) {
            fields.put("status", "Closed").put("investigationResult", deprecated);
        } else if (!deprecated.isEmpty()) {
            fields.put("status", deprecated.equals("New") ? "Open" : deprecated);
        }
        return fields;
    }

    /** The deprecated status of an alert, which follows its status and result. */
    static String investigationStatus(ObjectNode alert) {
        String result = alert.path("investigationResult").asText();
        String status = alert.path("status").asText();
        return switch (status) {
            case "Open" -> "New";
            case "Closed" -> VERDICTS.contains(result) ? result : "Closed";
            default -> status;
        };
    }

    /** The text of a note that is made or changed. */
    static String content(ObjectNode body) {
        JsonNode content = body.path("content");
        if (!content.isTextual()
                || content.asText().isEmpty()
                || content.asText().length() > MAX_NOTE) {
            throw new BadRequest("InvalidField", "A note needs a content of at most " + MAX_NOTE + " characters.");
        }
        return content.asText();
    }

    /** The ids of the notes to delete. */
    static List<Integer> ids(ArrayNode body) {
        List<Integer> ids = new ArrayList<>();
        for (JsonNode each : body) {
            if (!each.path("id").isInt()) {
                throw new BadRequest("InvalidField", "The body must be a list of {\"id\": number}.");
            }
            ids.add(each.path("id").asInt());
        }
        return ids;
    }
}
