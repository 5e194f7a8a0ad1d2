package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.first;
import static io.ticketbridge.source.files.Fields.items;
import static io.ticketbridge.source.files.Fields.joined;
import static io.ticketbridge.source.files.Fields.number;
import static io.ticketbridge.source.files.Fields.put;
import static io.ticketbridge.source.files.Fields.text;
import static io.ticketbridge.source.files.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** AWS Security Finding Format, as Security Hub exports it and as Prowler writes it. */
final class AsffNormaliser implements Normaliser {
    @Override
    public Normalised normalise(JsonNode asff) throws Unfit {
        if (!asff.hasNonNull("Compliance")) {
            // Of GuardDuty, Inspector, Macie: Security Hub collects them beside its controls.
            throw new LeftOut("ASFF without Compliance");
        }
        if (!asff.path("Compliance").isObject()) {
            throw new Unfit("Compliance is no object, so there is no result; correct it at its source");
        }
        if (text(asff, "RecordState").equalsIgnoreCase("ARCHIVED")) {
            throw new LeftOut("archived");
        }
        String check = required(asff, "GeneratorId");
        String account = required(asff, "AwsAccountId");
        String product = required(asff, "ProductArn");
        String title = first(text(asff, "Title"), check);
        List<String> standards = new ArrayList<>();
        asff.path("Compliance")
                .path("AssociatedStandards")
                .forEach(one -> standards.addAll(texts(one.path("StandardsId"))));
        List<Control> controls = new Requirements()
                .addTexts(standards, texts(asff.path("Compliance").path("RelatedRequirements")))
                .after(new Control("", first(text(asff, "Compliance", "SecurityControlId"), check), title));
        // Prowler's description is what was seen on this resource, and may differ at each scan.
        boolean prowler = check.startsWith("prowler-")
                || text(asff, "ProductFields", "ProviderName").equalsIgnoreCase("prowler");
        return PerResource.of(
                items(asff.path("Resources")),
                node -> new Resource(
                        text(node, "Id"), text(asff, "ProductFields", "ProwlerResourceName"), text(node, "Type")),
                (node, resource) -> new Finding(
                        Product.withoutRegion(product),
                        account,
                        first(text(node, "Region"), text(asff, "Region"), Product.region(product)),
                        check,
                        resource,
                        result(asff),
                        severity(asff),
                        title,
                        prowler ? text(asff, "Description") : reasons(asff),
                        prowler ? "" : text(asff, "Description"),
                        text(asff, "Remediation", "Recommendation", "Text"),
                        first(text(asff, "Remediation", "Recommendation", "Url"), text(asff, "SourceUrl")),
                        controls,
                        Times.first(asff.path("LastObservedAt"), asff.path("UpdatedAt"), asff.path("CreatedAt")),
                        attributes(asff, node, standards, prowler),
                        List.of()));
    }

    private static String required(JsonNode asff, String key) throws Unfit {
        String value = text(asff, key);
        if (value.isBlank()) {
            throw new Unfit(
                    key + " is missing, so the finding could not be told from others; correct it at its source");
        }
        return value;
    }

    /** A pass because nothing was evaluated is no evidence: the rule may not apply, or its results were deleted. */
    private static Result result(JsonNode asff) {
        Result result = Ocsf.result(text(asff, "Compliance", "Status"));
        boolean empty = false;
        for (JsonNode reason : asff.path("Compliance").path("StatusReasons")) {
            empty |= text(reason, "ReasonCode").equals("CONFIG_EVALUATIONS_EMPTY");
        }
        if (result == Result.PASS && empty) {
            return Result.INCONCLUSIVE;
        }
        String workflow = first(text(asff, "Workflow", "Status"), text(asff, "WorkflowState"));
        return result == Result.FAIL && workflow.equalsIgnoreCase("SUPPRESSED") ? Result.SUPPRESSED : result;
    }

    private static Severity severity(JsonNode asff) {
        Severity label = Severities.of(
                first(text(asff, "Severity", "Label"), text(asff, "FindingProviderFields", "Severity", "Label")));
        OptionalLong normalised = number(asff.path("Severity").path("Normalized"));
        if (label != Severity.UNKNOWN || normalised.isEmpty()) {
            return label;
        }
        long value = normalised.getAsLong();
        return value >= 90
                ? Severity.CRITICAL
                : value >= 70
                        ? Severity.HIGH
                        : value >= 40 ? Severity.MEDIUM : value >= 1 ? Severity.LOW : Severity.INFORMATIONAL;
    }

    private static String reasons(JsonNode asff) {
        List<String> reasons = new ArrayList<>();
        asff.path("Compliance").path("StatusReasons").forEach(one -> reasons.addAll(texts(one.path("Description"))));
        return first(joined(reasons), text(asff, "ProductFields", "aws/securityhub/annotation"));
    }

    private static Map<String, String> attributes(
            JsonNode asff, JsonNode resource, List<String> standards, boolean prowler) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("format", "asff");
        attributes.put("provider", "aws");
        put(
                attributes,
                "product",
                prowler
                        ? "Prowler"
                        : first(text(asff, "ProductName"), text(asff, "ProductFields", "aws/securityhub/ProductName")));
        put(attributes, "accountName", text(asff, "AwsAccountName"));
        put(attributes, "standards", joined(standards));
        put(attributes, "categories", joined(texts(asff.path("Types"))));
        put(attributes, "tags", joined(Tags.of(resource)));
        if (result(asff) == Result.SUPPRESSED) {
            put(attributes, "suppressedBy", text(asff, "Note", "UpdatedBy"));
            put(attributes, "suppressedReason", text(asff, "Note", "Text"));
        }
        return attributes;
    }
}
