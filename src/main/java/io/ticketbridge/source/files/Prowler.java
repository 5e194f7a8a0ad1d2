package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.first;
import static io.ticketbridge.source.files.Fields.joined;
import static io.ticketbridge.source.files.Fields.put;
import static io.ticketbridge.source.files.Fields.text;
import static io.ticketbridge.source.files.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Prowler's two OCSF outputs share: where the provider, account and region stand in its versions from 4.0 on. What goes into the
 * identity is what every version writes, as far as there is such a thing: an upgrade of Prowler should open no new tickets. It does for Azure,
 * whose resources got other ids with 5.19, and where the provider has neither organisation nor owner in both.
 */
final class Prowler {
    private static final List<String> OF_ACCOUNT = List.of("iam_", "account_", "organizations_");

    private Prowler() {}

    /** Without version, scan or tenant: the same before and after an upgrade. */
    static String scope(JsonNode event) {
        return "prowler:" + provider(event);
    }

    static String provider(JsonNode event) {
        String[] uid = text(event, "finding_info", "uid").split("-", 3);
        return first(
                text(event, "cloud", "provider"),
                text(event, "unmapped", "cloud", "provider"),
                text(event, "unmapped", "provider"),
                uid.length == 3 && uid[0].equals("prowler") ? uid[1] : "",
                texts(event.path("metadata").path("profiles")).contains("container") ? "kubernetes" : "");
    }

    /**
     * The account; for Kubernetes, which has none, the cluster. From 5.19 on Microsoft 365's is its domain, and GitHub's a name: the tenant and
     * the owner are what it was before, too.
     */
    static String account(JsonNode event, JsonNode resource, String check) {
        String lasting =
                switch (provider(event)) {
                    case "m365" ->
                        first(text(event, "cloud", "org", "uid"), text(event, "unmapped", "cloud", "org", "uid"));
                    case "github" -> scanRegion(event, resource);
                    default -> "";
                };
        return first(lasting, scanAccount(event, resource, check));
    }

    private static String scanAccount(JsonNode event, JsonNode resource, String check) {
        return first(
                text(event, "cloud", "account", "uid"),
                text(event, "unmapped", "cloud", "account", "uid"),
                cluster(event, resource, check),
                text(event, "unmapped", "provider_uid"));
    }

    /** The uid is {@code prowler-kubernetes-CHECK-CLUSTER-namespace: NAMESPACE-NAME}, and nothing else names the cluster. */
    private static String cluster(JsonNode event, JsonNode resource, String check) {
        String uid = text(event, "finding_info", "uid");
        String before = "prowler-kubernetes-" + check + "-";
        int after = uid.indexOf("-namespace: " + text(resource, "namespace") + "-", before.length());
        return uid.startsWith(before) && after > 0 ? uid.substring(before.length(), after) : "";
    }

    /**
     * None of what AWS has once for an account: the region there is the first that Prowler was told to look at, or where it runs.
     */
    static String region(JsonNode event, JsonNode resource, String check) {
        return isOfAccount(event, check) ? "" : scanRegion(event, resource);
    }

    /** The same of its id, which has that region in it now and then ({@code arn:aws:iam:eu-west-1:111122223333:password-policy}). */
    static Resource resource(JsonNode event, JsonNode node, String check) {
        Resource resource = Ocsf.resource(node);
        return isOfAccount(event, check)
                ? new Resource(Product.withoutRegion(resource.uid()), resource.name(), resource.type())
                : resource;
    }

    private static boolean isOfAccount(JsonNode event, String check) {
        return provider(event).equals("aws")
                && (OF_ACCOUNT.stream().anyMatch(check::startsWith)
                        || check.equals("cloudwatch_cross_account_sharing_disabled"));
    }

    private static String scanRegion(JsonNode event, JsonNode resource) {
        return first(
                text(resource, "region"),
                text(event, "cloud", "region"),
                text(event, "unmapped", "cloud", "region"),
                text(resource, "namespace"));
    }

    /** A muted failure is suppressed. {@code status_code} is the result, {@code status_id} says whether it is muted. */
    static Result muted(JsonNode event, Result result) {
        return result == Result.FAIL && Ocsf.lifeCycle(event) == Ocsf.SUPPRESSED ? Result.SUPPRESSED : result;
    }

    /** {@code time} only: {@code time_dt} is the scanning host's local time and does not say whose. */
    static Instant observedAt(JsonNode event) {
        JsonNode info = event.path("finding_info");
        return Times.first(
                event.path("time"),
                event.path("event_time"),
                info.path("created_time"),
                event.path("time_dt"),
                info.path("created_time_dt"));
    }

    static Map<String, String> attributes(String format, JsonNode event, JsonNode resource, String check) {
        Map<String, String> attributes = new HashMap<>();
        if (isOfAccount(event, check)) {
            put(attributes, Finding.SCAN_REGION, scanRegion(event, resource));
        }
        String scanAccount = scanAccount(event, resource, check);
        if (!scanAccount.equals(account(event, resource, check))) {
            put(attributes, Finding.SCAN_ACCOUNT, scanAccount);
        }
        attributes.put("format", format);
        attributes.put("product", "Prowler");
        put(attributes, "provider", provider(event));
        put(
                attributes,
                "accountName",
                first(text(event, "cloud", "account", "name"), text(event, "unmapped", "cloud", "account", "name")));
        put(attributes, "service", text(resource, "group", "name"));
        put(attributes, "categories", joined(texts(event.path("unmapped").path("categories"))));
        put(attributes, "tags", joined(texts(resource.path("labels"))));
        put(attributes, "risk", text(event, "risk_details"));
        return attributes;
    }
}
