package io.ticketbridge.source.visionone;

import static io.ticketbridge.source.visionone.Fields.joined;
import static io.ticketbridge.source.visionone.Fields.putIf;
import static io.ticketbridge.source.visionone.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns a Cloud Posture check into a finding (vision-one.md, section 5.3). Of a check only its id and rule must be there. */
final class CheckNormaliser {
    private CheckNormaliser() {}

    static SourceRecord finding(AccountScan scan, JsonNode check) {
        CheckId id = CheckId.of(text(check, "id"));
        if (!check.isObject() || id == null) {
            return new Unreadable(
                    check.toString(),
                    "A check must be a JSON object with an id like ccc:ACCOUNT:RULE:SERVICE:REGION:RESOURCE; the source sent another");
        }
        String title = firstOf(text(check, "ruleTitle"), id.rule());
        return new Finding(
                scan.scope(),
                id.account(),
                id.region(),
                id.rule(),
                new Resource(id.resourceUid(), name(check, id), firstOf(text(check, "resourceType"), id.service())),
                result(check),
                severity(text(check, "riskLevel")),
                title,
                message(check, scan.account()),
                "",
                "",
                firstOf(text(check, "resolutionPageUrl"), text(check, "resolutionReferenceLink")),
                controls(check, id.rule(), title),
                observedAt(check),
                attributes(check, id, scan.account()),
                List.of());
    }

    /** What it is called in the cloud. Its resourceName is no name: it says what kind of thing it is. */
    private static String name(JsonNode check, CheckId id) {
        return firstOf(text(check, "resourceId"), id.resource());
    }

    /**
     * A check that is not scored only informs: nobody can resolve or suppress it. One that is excluded or ignored is not judged
     * either, whatever its status says. A suppression mutes a failure; a success stays one, as with all sources.
     */
    private static Result result(JsonNode check) {
        if (is(check, "notScored")) {
            return Result.INCONCLUSIVE;
        }
        if (is(check, "excluded") || is(check, "ignored")) {
            return Result.SUPPRESSED;
        }
        return switch (text(check, "status")) {
            case "SUCCESS" -> Result.PASS;
            case "FAILURE" -> is(check, "suppressed") ? Result.SUPPRESSED : Result.FAIL;
            default -> Result.INCONCLUSIVE;
        };
    }

    /** Five levels become four: VERY_HIGH is HIGH. The level itself is an attribute. */
    private static Severity severity(String riskLevel) {
        return switch (riskLevel) {
            case "LOW" -> Severity.LOW;
            case "MEDIUM" -> Severity.MEDIUM;
            case "HIGH", "VERY_HIGH" -> Severity.HIGH;
            case "EXTREME" -> Severity.CRITICAL;
            default -> Severity.UNKNOWN;
        };
    }

    /** With the account's name and number: those whose ticket it becomes know it by these. */
    private static String message(JsonNode check, PostureAccount account) {
        String description = text(check, "description");
        String where = account.label();
        return where.isBlank() || description.isBlank() ? description : description + " (" + where + ")";
    }

    /** A standard names no requirements for a check, so each is one control, the standard as a whole. */
    private static List<Control> controls(JsonNode check, String rule, String title) {
        Map<String, Control> standards = new LinkedHashMap<>();
        for (String field : List.of("compliances", "complianceStandards")) {
            for (JsonNode standard : check.path(field)) {
                String id = standard.isObject() ? text(standard, "id") : text(standard);
                String name = firstOf(text(standard, "name"), id);
                if (!id.isBlank()) {
                    standards.merge(
                            id,
                            new Control(id, id, name),
                            (one, two) -> one.title().equals(id) ? two : one);
                }
            }
        }
        List<Control> controls = new ArrayList<>(List.of(new Control("", rule, title)));
        controls.addAll(standards.values());
        return controls;
    }

    private static Instant observedAt(JsonNode check) {
        return Stream.of("updatedDateTime", "statusUpdatedDateTime", "createdDateTime")
                .map(name -> Fields.time(text(check, name)))
                .filter(time -> !time.equals(Instant.EPOCH))
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Map<String, String> attributes(JsonNode check, CheckId id, PostureAccount account) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("checkId", text(check, "id"));
        putIf(attributes, "accountName", account.name());
        putIf(attributes, "accountNumber", account.number());
        putIf(attributes, "provider", text(check, "provider"));
        putIf(attributes, "service", id.service());
        putIf(attributes, "riskLevel", text(check, "riskLevel"));
        putIf(attributes, "resourceLink", text(check, "resourceLink"));
        putIf(attributes, "categories", joined(check.path("categories")));
        putIf(attributes, "tags", joined(check.path("tags")).replace("::", ":"));
        if (is(check, "suppressed")) {
            putIf(attributes, "suppressedReason", text(check, "note"));
            putIf(attributes, "suppressedUntil", text(check, "suppressedUntilDateTime"));
        }
        return attributes;
    }

    private static boolean is(JsonNode check, String flag) {
        return text(check, flag).equals("true");
    }

    private static String firstOf(String one, String other) {
        return one.isBlank() ? other : one;
    }
}
