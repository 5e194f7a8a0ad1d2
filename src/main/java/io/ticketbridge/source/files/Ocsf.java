package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.first;
import static io.ticketbridge.source.files.Fields.items;
import static io.ticketbridge.source.files.Fields.number;
import static io.ticketbridge.source.files.Fields.text;
import static io.ticketbridge.source.files.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.Locale;
import java.util.OptionalLong;

/** What the OCSF classes share. Where a caption and its id disagree, the id holds. */
final class Ocsf {
    static final int SUPPRESSED = 3;

    private Ocsf() {}

    static boolean isProwler(JsonNode event) {
        return product(event).equalsIgnoreCase("prowler");
    }

    /** What made the record, or empty. */
    static String product(JsonNode event) {
        JsonNode product = event.path("metadata").path("product");
        return first(text(product, "name"), text(product, "uid"), text(product, "vendor_name"));
    }

    static Severity severity(JsonNode event) {
        OptionalLong id = number(event.path("severity_id"));
        if (id.isEmpty()) {
            return Severities.of(text(event, "severity"));
        }
        return switch ((int) id.getAsLong()) {
            case 1 -> Severity.INFORMATIONAL;
            case 2 -> Severity.LOW;
            case 3 -> Severity.MEDIUM;
            case 4 -> Severity.HIGH;
            case 5, 6 -> Severity.CRITICAL;
            default -> Severity.UNKNOWN;
        };
    }

    /** Where the finding stands in its life: {@code status_id}, or the caption's id. */
    static long lifeCycle(JsonNode event) {
        return number(event.path("status_id"))
                .orElseGet(() -> switch (text(event, "status").toUpperCase(Locale.ROOT)) {
                    case "SUPPRESSED" -> SUPPRESSED;
                    case "ARCHIVED" -> 5;
                    case "DELETED" -> 6;
                    default -> 0;
                });
    }

    static Result result(String code) {
        return switch (code.strip().toUpperCase(Locale.ROOT)) {
            case "PASS", "PASSED" -> Result.PASS;
            case "FAIL", "FAILED" -> Result.FAIL;
            default -> Result.INCONCLUSIVE;
        };
    }

    /** The resources, also where OCSF up to 1.2 has a single {@code resource}. */
    static Iterable<JsonNode> resources(JsonNode event) {
        JsonNode list = event.path("resources");
        return items(list.isEmpty() ? event.path("resource") : list);
    }

    /** A resource by its ARN where it has one: Security Hub's uid is a mere name, and names are unique in one service only. */
    static Resource resource(JsonNode node) {
        String uid = text(node, "uid");
        String alternative = text(node, "uid_alt");
        boolean named = !uid.startsWith("arn:") && alternative.startsWith("arn:");
        String name = text(node, "name");
        return new Resource(
                named ? alternative : first(uid, alternative, name), first(name, named ? uid : ""), text(node, "type"));
    }

    /** The first web address among the references. */
    static String url(JsonNode event) {
        return texts(event.path("remediation").path("references")).stream()
                .filter(reference -> reference.startsWith("https://") || reference.startsWith("http://"))
                .findFirst()
                .orElse("");
    }
}
