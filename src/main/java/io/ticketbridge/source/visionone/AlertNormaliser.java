package io.ticketbridge.source.visionone;

import static io.ticketbridge.source.visionone.Fields.putIf;
import static io.ticketbridge.source.visionone.Fields.text;
import static io.ticketbridge.source.visionone.Fields.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Subject;
import io.ticketbridge.finding.Unreadable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns a Workbench alert and its notes into a finding (vision-one.md, sections 3.3 and 3.5). Tolerant of what it does not know. */
final class AlertNormaliser {
    /** Values of the deprecated status that say an alert is closed; tenants of old have no other. */
    private static final Set<String> CLOSED =
            Set.of("Closed", "True Positive", "False Positive", "Benign True Positive");

    private AlertNormaliser() {}

    static SourceRecord finding(String instance, JsonNode item, List<JsonNode> notes) {
        String id = text(item, "id");
        if (!item.isObject() || !Fields.isId(id)) {
            return new Unreadable(
                    item.toString(),
                    "An alert must be a JSON object with an id of 1 to 200 characters, one of them a letter or digit and none a slash; the source sent another");
        }
        AlertStory story = new AlertStory(item);
        return new Finding(
                VisionOne.scope(instance),
                "",
                "",
                Subject.ALERT.word(),
                new Resource(id, "", text(item, "alertProvider")),
                isClosed(item) ? Result.PASS : Result.FAIL,
                severity(item),
                story.title(),
                "",
                story.description(),
                "",
                text(item, "workbenchLink"),
                List.of(),
                time(text(item, "updatedDateTime")),
                attributes(item, id),
                Fields.notes(notes, AlertNormaliser::note));
    }

    private static boolean isClosed(JsonNode item) {
        String status = text(item, "status");
        return status.isBlank()
                ? CLOSED.contains(text(item, "investigationStatus"))
                : status.equalsIgnoreCase("Closed");
    }

    private static Severity severity(JsonNode item) {
        return switch (text(item, "severity").toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high" -> Severity.HIGH;
            case "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            default -> Severity.UNKNOWN;
        };
    }

    /** Status and findings under the names that they have for a case. */
    private static Map<String, String> attributes(JsonNode item, String id) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(Subject.ALERT.word(), id);
        String status = text(item, "status");
        putIf(attributes, "status", status.isBlank() ? text(item, "investigationStatus") : status);
        putIf(attributes, "findings", text(item, "investigationResult"));
        putIf(attributes, "severity", text(item, "severity"));
        putIf(attributes, "score", text(item, "score"));
        putIf(attributes, "provider", text(item, "alertProvider"));
        putIf(attributes, "case", text(item, "caseId"));
        putIf(attributes, "incident", text(item, "incidentId"));
        return attributes;
    }

    private static Note note(JsonNode note) {
        String name = text(note, "creatorName");
        return new Note(
                text(note, "id"),
                name.isBlank() ? text(note, "creatorMailAddress") : name,
                time(text(note, "createdDateTime")),
                text(note, "content"));
    }
}
