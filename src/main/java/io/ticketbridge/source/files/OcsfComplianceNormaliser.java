package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.first;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** OCSF Compliance Findings (class 2003) of any version from 1.1 on, in the variants of its producers. */
final class OcsfComplianceNormaliser implements Normaliser {
    @Override
    public Normalised normalise(JsonNode event) throws Unfit {
        JsonNode compliance = event.path("compliance");
        if (!compliance.isObject()) {
            throw new Unfit("the compliance object is missing, so there is no result; correct it at its source");
        }
        if (isOver(event)) {
            throw new LeftOut("archived, deleted or closed");
        }
        JsonNode product = event.path("metadata").path("product");
        String scope =
                Product.withoutRegion(first(text(product, "uid"), text(product, "name"), text(product, "vendor_name")));
        if (scope.isBlank()) {
            throw new Unfit(
                    "metadata.product has neither uid nor name, so the source is unknown; correct it at its source");
        }
        String check = check(event, compliance);
        if (check.isBlank()) {
            throw new Unfit(
                    "compliance.checks[].uid, metadata.event_code and compliance.control are missing, so the check is"
                            + " unknown; correct it at its source");
        }
        String title = first(text(event, "finding_info", "title"), check);
        Control own = new Control("", first(text(compliance, "control"), check), title);
        List<Control> controls = new Requirements()
                .addTexts(texts(compliance.path("standards")), texts(compliance.path("requirements")))
                .after(own);
        return PerResource.of(
                Ocsf.resources(event),
                Ocsf::resource,
                (node, resource) -> finding(event, node, scope, check, resource, title, controls));
    }

    private static Finding finding(
            JsonNode event,
            JsonNode node,
            String scope,
            String check,
            Resource resource,
            String title,
            List<Control> controls) {
        return new Finding(
                scope,
                first(
                        text(event, "cloud", "account", "uid"),
                        text(node, "owner", "account", "uid"),
                        text(event, "unmapped", "cloud", "account", "uid")),
                first(text(node, "region"), text(event, "cloud", "region"), text(node, "namespace")),
                check,
                resource,
                standing(event, result(event)),
                Ocsf.severity(event),
                title,
                first(text(event, "message"), text(event, "status_detail")),
                first(text(event, "finding_info", "desc"), text(event, "compliance", "desc")),
                text(event, "remediation", "desc"),
                first(Ocsf.url(event), text(event, "finding_info", "src_url")),
                controls,
                observedAt(event),
                attributes(event, node),
                List.of());
    }

    /** Several checks in one record have no order to rely on, so what names them all goes first. */
    private static String check(JsonNode event, JsonNode compliance) {
        TreeSet<String> checks = new TreeSet<>();
        compliance.path("checks").forEach(check -> checks.addAll(texts(check.path("uid"))));
        return first(
                checks.size() == 1 ? checks.first() : "",
                text(event, "metadata", "event_code"),
                text(compliance, "control"),
                checks.isEmpty() ? "" : checks.first());
    }

    private static Result result(JsonNode event) {
        JsonNode compliance = event.path("compliance");
        boolean said = number(compliance.path("status_id")).isPresent()
                || !first(text(compliance, "status"), text(compliance, "status_code"))
                        .isBlank();
        return said ? resultOf(compliance) : Ocsf.result(text(event, "status_code"));
    }

    /** The result that a compliance object says: by its id, without one by its words. */
    static Result resultOf(JsonNode compliance) {
        OptionalLong id = number(compliance.path("status_id"));
        if (id.isEmpty()) {
            return Ocsf.result(first(text(compliance, "status"), text(compliance, "status_code")));
        }
        return id.getAsLong() == 1 ? Result.PASS : id.getAsLong() == 3 ? Result.FAIL : Result.INCONCLUSIVE;
    }

    /**
     * Archived and deleted records are no longer about the present. So is a closed one (AWS keeps it for two weeks, with the result that it
     * had), unless it passed.
     */
    private static boolean isOver(JsonNode event) {
        long lifeCycle = Ocsf.lifeCycle(event);
        return lifeCycle == 5
                || lifeCycle == 6
                || text(event, "unmapped", "RecordState").equalsIgnoreCase("ARCHIVED")
                || isClosed(event) && result(event) != Result.PASS;
    }

    private static boolean isClosed(JsonNode event) {
        OptionalLong activity = number(event.path("activity_id"));
        return activity.isPresent()
                ? activity.getAsLong() == 3
                : text(event, "activity_name").equalsIgnoreCase("Close");
    }

    /** The result in the light of the finding's life. Resolved is somebody's word: while the check itself fails, it is a failure. */
    private static Result standing(JsonNode event, Result result) {
        boolean suppressed = Ocsf.lifeCycle(event) == Ocsf.SUPPRESSED
                || text(event, "unmapped", "WorkflowState").equalsIgnoreCase("SUPPRESSED");
        return result == Result.FAIL && suppressed ? Result.SUPPRESSED : result;
    }

    private static Instant observedAt(JsonNode event) {
        JsonNode info = event.path("finding_info");
        return Times.first(
                info.path("last_seen_time"),
                info.path("last_seen_time_dt"),
                event.path("time"),
                event.path("time_dt"),
                info.path("modified_time"),
                info.path("modified_time_dt"),
                info.path("created_time"),
                info.path("created_time_dt"));
    }

    private static Map<String, String> attributes(JsonNode event, JsonNode resource) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("format", "ocsf");
        put(attributes, "product", text(event, "metadata", "product", "name"));
        put(attributes, "provider", text(event, "cloud", "provider"));
        put(attributes, "accountName", text(event, "cloud", "account", "name"));
        put(attributes, "service", text(resource, "group", "name"));
        put(attributes, "standards", joined(texts(event.path("compliance").path("standards"))));
        put(attributes, "categories", joined(texts(event.path("finding_info").path("types"))));
        put(attributes, "tags", joined(Tags.of(resource)));
        put(attributes, "risk", text(event, "risk_details"));
        if (standing(event, result(event)) == Result.SUPPRESSED) {
            put(attributes, "suppressedReason", text(event, "comment"));
        }
        return attributes;
    }
}
