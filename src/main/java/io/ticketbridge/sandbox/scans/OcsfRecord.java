package io.ticketbridge.sandbox.scans;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Writes an observation as Prowler's json-ocsf does: class 2004, times in seconds, {@code time_dt} in the scanning
 * host's local time without an offset, the result in {@code status_code}.
 */
final class OcsfRecord {
    private static final String VERSION = "5.19.0";
    private static final String ORGANIZATION = "o-7qv2m1x0ab";
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private final ZoneId scanner;

    OcsfRecord(ZoneId scanner) {
        this.scanner = scanner;
    }

    ObjectNode of(Observation seen, Scan scan) {
        Check check = scan.check(seen);
        String message = scan.message(seen);
        // The fraction is the scanner's, not the second's: it stays out of "time".
        String local = LOCAL.format(scan.at().plusNanos(913_874_000).atZone(scanner));
        long time = scan.at().getEpochSecond();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("message", message);
        metadata(json.putObject("metadata"), check);
        json.put("severity_id", check.severityId())
                .put("severity", check.severity())
                .put("status", seen.muted() ? "Suppressed" : "New")
                .put("status_code", seen.status().name())
                .put("status_detail", message)
                .put("status_id", seen.muted() ? 3 : 1);
        unmapped(json.putObject("unmapped"), check, scan.id(seen.account()), seen.account());
        json.put("activity_name", "Create").put("activity_id", 1);
        ObjectNode info = json.putObject("finding_info")
                .put("created_time", time)
                .put("created_time_dt", local)
                .put("desc", check.description())
                .put("product_uid", "prowler")
                .put("title", check.title());
        check.types().forEach(info.putArray("types")::add);
        info.put("uid", uid(seen));
        resource(json.putArray("resources").addObject(), check, seen);
        json.put("category_name", "Findings")
                .put("category_uid", 2)
                .put("class_name", "Detection Finding")
                .put("class_uid", 2004);
        cloud(json.putObject("cloud"), seen);
        json.putObject("remediation")
                .put("desc", check.remediation())
                .putArray("references")
                .add(check.reference());
        return json.put("risk_details", check.risk())
                .put("time", time)
                .put("time_dt", local)
                .put("type_uid", 200401)
                .put("type_name", "Detection Finding: Create");
    }

    /** Built from the resource's name, not its ARN: neither unique nor stable, as with Prowler. */
    private static String uid(Observation seen) {
        return String.join("-", "prowler-aws", seen.check(), seen.account(), seen.region(), seen.resourceName());
    }

    private static void metadata(ObjectNode metadata, Check check) {
        metadata.put("event_code", check.id());
        metadata.putObject("product")
                .put("name", "Prowler")
                .put("uid", "prowler")
                .put("vendor_name", "Prowler")
                .put("version", VERSION);
        metadata.putArray("profiles").add("cloud").add("datetime");
        metadata.put("tenant_uid", ORGANIZATION).put("version", "1.4.0");
    }

    private static void unmapped(ObjectNode unmapped, Check check, String scanId, String account) {
        unmapped.put("related_url", "");
        check.categories().forEach(unmapped.putArray("categories")::add);
        unmapped.putArray("depends_on");
        unmapped.putArray("related_to");
        unmapped.putArray("additional_urls");
        unmapped.put("notes", "");
        ObjectNode compliance = unmapped.putObject("compliance");
        check.compliance().forEach((framework, requirements) -> {
            ArrayNode ids = compliance.putArray(framework);
            requirements.forEach(ids::add);
        });
        unmapped.put("scan_id", scanId).put("provider_uid", account).put("provider", "aws");
    }

    private static void resource(ObjectNode resource, Check check, Observation seen) {
        resource.put("cloud_partition", "aws").put("region", seen.region());
        ObjectNode data = resource.putObject("data").put("details", "");
        ObjectNode blob = data.putObject("metadata")
                .put("arn", seen.resourceUid())
                .put("name", seen.resourceName())
                .put("region", seen.region());
        blob.putArray("tags").addObject().put("Key", "owner").put("Value", owner(seen));
        ObjectNode statement = blob.putObject("policy")
                .put("Version", "2012-10-17")
                .putArray("Statement")
                .addObject();
        statement.put("Effect", "Allow").putObject("Principal").put("AWS", "arn:aws:iam::" + seen.account() + ":root");
        statement.putArray("Action").add(check.service() + ":*");
        statement.put("Resource", seen.resourceUid());
        resource.putObject("group").put("name", check.service());
        resource.putArray("labels").add("owner:" + owner(seen));
        resource.put("name", seen.resourceName())
                .put("type", check.resourceType())
                .put("uid", seen.resourceUid());
    }

    /** Now and then a tag that a spreadsheet would run, or one with markup: text from a source is only text. */
    private static String owner(Observation seen) {
        return switch (Math.floorMod(seen.resourceUid().hashCode(), 17)) {
            case 0 -> "=HYPERLINK(\"http://example.com\")";
            case 1 -> "Zoë <zoe@example.com>";
            default -> "team-" + Math.floorMod(seen.resourceUid().hashCode(), 6);
        };
    }

    private static void cloud(ObjectNode cloud, Observation seen) {
        cloud.putObject("account")
                .put("name", "account-" + seen.account().substring(8))
                .put("type", "AWS Account")
                .put("type_id", 10)
                .put("uid", seen.account())
                .putArray("labels");
        cloud.putObject("org").put("name", "Example Company").put("uid", ORGANIZATION);
        cloud.put("provider", "aws").put("region", seen.region());
    }
}
