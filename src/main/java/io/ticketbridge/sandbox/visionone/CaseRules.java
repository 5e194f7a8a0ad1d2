package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** Checks the bodies of writes against the documented fields, lengths and values. */
final class CaseRules {
    private static final int MAX_NAME = 512;
    private static final int MAX_TICKET = 128;
    private static final int MAX_TEXT = 1_048_576;
    private static final Set<String> STATUSES = Set.of("Open", "In-progress", "Closed");
    private static final Map<String, Set<String>> VALUES = Map.of(
            "priority", Set.of("P0", "P1", "P2", "P3"),
            "findings", Set.of("NoFindings", "Noteworthy", "TruePositive", "FalsePositive", "BenignTruePositive"),
            "holder", Set.of("Analyst", "Customer"),
            "severity", Set.of("Critical", "High", "Medium", "Low", "Information"),
            "type", Set.of("General"));
    private static final Map<String, Integer> LENGTHS = Map.of(
            "name", MAX_NAME,
            "description", MAX_TEXT,
            "comment", MAX_TEXT,
            "externalTicketAlias", MAX_TICKET,
            "externalTicketId", MAX_TICKET);
    private static final Set<String> CREATE = Set.of(
            "name",
            "priority",
            "status",
            "externalTicketAlias",
            "externalTicketId",
            "externalTicketCreatedDateTime",
            "description",
            "findings",
            "holder",
            "associatedItemIds",
            "relatedCaseIds",
            "type",
            "owners",
            "severity",
            "mailReceivers");
    private static final Set<String> PATCH = Set.of(
            "name",
            "description",
            "priority",
            "status",
            "findings",
            "associatedItemIds",
            "relatedCaseIds",
            "holder",
            "externalTicketId",
            "externalTicketUpdatedDateTime",
            "severity");
    private static final Set<String> NOTE = Set.of("comment", "attachmentIds");
    private static final Set<String> ARRAYS =
            Set.of("associatedItemIds", "relatedCaseIds", "owners", "mailReceivers", "attachmentIds");

    private CaseRules() {}

    /** A new case comes with a ticket's id and alias, or is General and has an owner. */
    static void checkCreate(ObjectNode body) {
        checkFields(body, CREATE, STATUSES);
        for (String required : new String[] {"name", "priority", "status"}) {
            require(body, required);
        }
        if (body.path("type").asText().equals("General")) {
            if (body.path("owners").isEmpty()) {
                throw new BadRequest("OwnersMissing", "A case of type General needs at least one owner.");
            }
        } else {
            require(body, "externalTicketAlias");
            require(body, "externalTicketId");
        }
    }

    static void checkPatch(ObjectNode body) {
        checkFields(body, PATCH, Set.of("Open", "In-progress", "Closed", "Deleted"));
    }

    static void checkNote(ObjectNode body, boolean isNew) {
        checkFields(body, NOTE, Set.of());
        if (isNew) {
            require(body, "comment");
        }
        if (body.path("attachmentIds").size() > 5) {
            throw new BadRequest("TooManyAttachments", "A note holds at most 5 attachments.");
        }
    }

    private static void checkFields(ObjectNode body, Set<String> known, Set<String> statuses) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!known.contains(name)) {
                throw new BadRequest("UnknownField", "The field " + name + " is not known here.");
            }
            if (ARRAYS.contains(name) != value.isArray() || !ARRAYS.contains(name) && !value.isTextual()) {
                throw new BadRequest("InvalidField", "The field " + name + " has the wrong type.");
            }
            if (value.isTextual() && value.asText().length() > LENGTHS.getOrDefault(name, MAX_TEXT)) {
                throw new BadRequest("FieldTooLong", "The field " + name + " is too long.");
            }
            Set<String> allowed = name.equals("status") ? statuses : VALUES.get(name);
            if (allowed != null && !allowed.contains(value.asText())) {
                throw new BadRequest("InvalidField", "The field " + name + " does not allow this value.");
            }
        }
    }

    private static void require(ObjectNode body, String field) {
        if (body.path(field).asText().isBlank()) {
            throw new BadRequest("FieldMissing", "The field " + field + " is missing.");
        }
    }
}
