package io.ticketbridge.source.visionone;

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
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Sourced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a case and its contents into a finding (vision-one.md, sections 2.3 and 2.6). Tolerant of what it does not know. */
final class CaseNormaliser {
    private CaseNormaliser() {}

    static SourceRecord finding(String instance, JsonNode item, List<JsonNode> contents) {
        String id = text(item, "id");
        if (!item.isObject() || !Fields.isId(id)) {
            return new Unreadable(
                    item.toString(),
                    "A case must be a JSON object with an id of 1 to 200 characters, one of them a letter or digit and none a slash; the source sent another");
        }
        boolean isClosed = text(item, "status").equalsIgnoreCase("Closed");
        if (isClosed && closedAt(item) == null && !text(item, "closedDateTime").isBlank()) {
            return new Unreadable(
                    item.toString(),
                    "The case " + id
                            + " is closed at a closedDateTime that is no time: whether it was fixed or only idle can't be told, so its ticket stays as it is");
        }
        return new Finding(
                VisionOne.scope(instance),
                "",
                "",
                Subject.CASE.word(),
                new Resource(id, "", text(item, "type")),
                isClosed ? Result.PASS : Result.FAIL,
                severity(item),
                text(item, "name"),
                "",
                text(item, "description"),
                "",
                text(item, "caseUrl"),
                List.of(),
                time(text(item, "updatedDateTime")),
                attributes(item, id),
                Fields.notes(contents, CaseNormaliser::note));
    }

    /** Null while it is open, and where it is no time. */
    static Instant closedAt(JsonNode item) {
        Instant closed = time(text(item, "closedDateTime"));
        return closed.equals(Instant.EPOCH) ? null : closed;
    }

    static List<Sourced.SourceFile> files(List<JsonNode> contents) {
        List<Sourced.SourceFile> files = new ArrayList<>();
        contents.forEach(content -> content.path("attachments")
                .forEach(file -> files.add(new Sourced.SourceFile(
                        text(file, "id"),
                        text(file, "name"),
                        file.path("size").asLong(-1),
                        References.endingOf(text(content, "comment"))))));
        files.removeIf(file -> file.id().isBlank());
        return files;
    }

    /** A priority is what a case always has; its severity is newer and optional. */
    private static Severity severity(JsonNode item) {
        return switch (text(item, "priority")) {
            case "P0" -> Severity.CRITICAL;
            case "P1" -> Severity.HIGH;
            case "P2" -> Severity.MEDIUM;
            case "P3" -> Severity.LOW;
            default -> Severity.UNKNOWN;
        };
    }

    private static Map<String, String> attributes(JsonNode item, String id) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(Subject.CASE.word(), id);
        for (String name : List.of("status", "priority", "findings", "type", "holder")) {
            Fields.putIf(attributes, name, text(item, name));
        }
        Fields.putIf(attributes, "owners", names(item.path("owners")));
        Fields.putIf(attributes, "alerts", Fields.joined(item.path("associatedItemIds")));
        return attributes;
    }

    private static String names(JsonNode people) {
        List<String> names = new ArrayList<>();
        people.forEach(person -> names.add(name(person)));
        return String.join(", ", names);
    }

    private static String name(JsonNode person) {
        String name = text(person, "name");
        return name.isBlank() ? text(person, "email") : name;
    }

    private static Note note(JsonNode content) {
        return new Note(
                text(content, "id"),
                name(content.path("creator")),
                time(text(content, "createdDateTime")),
                text(content, "comment"),
                fileIds(content));
    }

    private static List<String> fileIds(JsonNode content) {
        List<String> ids = new ArrayList<>();
        content.path("attachments").forEach(file -> ids.add(text(file, "id")));
        return ids;
    }
}
