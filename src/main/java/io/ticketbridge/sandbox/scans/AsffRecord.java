package io.ticketbridge.sandbox.scans;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Writes an observation in the AWS Security Finding Format, as Prowler does: requirements are cut and so lossy. */
final class AsffRecord {
    private static final int MAX_REQUIREMENTS = 32;
    private static final int MAX_STANDARDS = 20;
    private static final int MAX_REQUIREMENT = 63;

    private AsffRecord() {}

    static ObjectNode of(Observation seen, Scan scan) {
        Check check = scan.check(seen);
        String at = scan.at().toString();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("SchemaVersion", "2018-10-08")
                .put("Id", id(seen))
                .put("ProductArn", "arn:aws:securityhub:" + seen.region() + "::product/prowler/prowler")
                .put("RecordState", "ACTIVE");
        json.putObject("ProductFields")
                .put("ProviderName", "Prowler")
                .put("ProviderVersion", "5.19.0")
                .put("ProwlerResourceName", seen.resourceUid());
        json.put("GeneratorId", "prowler-" + check.id()).put("AwsAccountId", seen.account());
        check.types().forEach(json.putArray("Types")::add);
        json.put("FirstObservedAt", at).put("UpdatedAt", at).put("CreatedAt", at);
        json.putObject("Severity").put("Label", check.severity().toUpperCase(Locale.ROOT));
        json.put("Title", check.title()).put("Description", scan.message(seen));
        json.putArray("Resources")
                .addObject()
                .put("Type", check.resourceType())
                .put("Id", seen.resourceUid())
                .put("Partition", "aws")
                .put("Region", seen.region());
        compliance(json.putObject("Compliance").put("Status", status(seen)), check);
        json.putObject("Remediation")
                .putObject("Recommendation")
                .put("Text", check.remediation())
                .put("Url", check.reference());
        return json;
    }

    private static String id(Observation seen) {
        String hash = UUID.nameUUIDFromBytes(seen.resourceUid().getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 9);
        return String.join("-", "prowler", seen.check(), seen.account(), seen.region(), hash);
    }

    private static String status(Observation seen) {
        if (seen.muted()) {
            return "WARNING";
        }
        return switch (seen.status()) {
            case PASS -> "PASSED";
            case FAIL -> "FAILED";
            case MANUAL -> "NOT_AVAILABLE";
        };
    }

    private static void compliance(ObjectNode compliance, Check check) {
        ArrayNode requirements = compliance.putArray("RelatedRequirements");
        ArrayNode standards = compliance.putArray("AssociatedStandards");
        check.compliance().forEach((framework, ids) -> {
            if (requirements.size() < MAX_REQUIREMENTS) {
                requirements.add(cut(framework + " " + String.join(" ", ids)));
            }
            if (standards.size() < MAX_STANDARDS) {
                standards.addObject().put("StandardsId", framework);
            }
        });
    }

    private static String cut(String requirement) {
        return requirement.substring(0, Math.min(MAX_REQUIREMENT, requirement.length()));
    }
}
