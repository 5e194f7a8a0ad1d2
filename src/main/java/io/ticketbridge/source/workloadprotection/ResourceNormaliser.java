package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Resource;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Turns a resource in a control's list into a finding (compliance.md, section 2). Cloud resources and hosts differ in their
 * fields. Neither policy nor zone is part of a finding's identity: one failing check is one finding, however many of them it is
 * seen through (P3).
 */
final class ResourceNormaliser {
    private final String scope;
    private final PostureControl control;
    private final List<Control> serves;
    private final Instant now;
    /** Many resources share an account and a region. */
    private final Map<String, String> shared = new HashMap<>();

    ResourceNormaliser(String scope, PostureControl control, Instant now) {
        this.scope = scope;
        this.control = control;
        this.serves = control.serves();
        this.now = now;
    }

    SourceRecord finding(JsonNode resource) {
        String uid = uid(resource);
        if (!resource.isObject() || uid.isBlank()) {
            return new Unreadable(
                    resource.toString(),
                    "A resource of control " + control.id() + " must have a hash or a globalId to be told apart by");
        }
        Acceptance acceptance = Acceptance.of(resource.path("acceptance"));
        return new Finding(
                scope,
                share(account(resource)),
                share(region(resource)),
                control.id(),
                new Resource(
                        uid,
                        resource.path("name").asText(""),
                        share(resource.path("type").asText(control.kind()))),
                result(resource, acceptance),
                control.severity(),
                control.name(),
                share(message(resource)),
                control.description(),
                "",
                "",
                serves,
                PostureTimes.time(resource.path("lastSeenDate").asText("")),
                attributes(resource, acceptance),
                List.of());
    }

    static String uid(JsonNode resource) {
        return firstOf(resource, "hash", "globalId");
    }

    static String account(JsonNode resource) {
        return firstOf(resource, "account", "platformAccountId");
    }

    static String region(JsonNode resource) {
        return firstOf(resource, "location", "cloudRegion");
    }

    private Result result(JsonNode resource, Acceptance acceptance) {
        if (control.isManual()) {
            return Result.INCONCLUSIVE;
        }
        if (acceptance.holdsAt(now)) {
            return Result.SUPPRESSED;
        }
        JsonNode passed = resource.path("passed");
        return passed.isBoolean() ? passed.asBoolean() ? Result.PASS : Result.FAIL : Result.INCONCLUSIVE;
    }

    /** The zones are in no part that would make news of them. */
    private static String message(JsonNode resource) {
        String error = resource.path("configError").asText("");
        if (!error.isBlank()) {
            return error;
        }
        TreeSet<String> zones = new TreeSet<>();
        resource.path("zones").forEach(zone -> zones.add(zone.path("name").asText("")));
        zones.remove("");
        return zones.isEmpty() ? "" : "In " + (zones.size() > 1 ? "zones " : "zone ") + String.join(", ", zones);
    }

    private Map<String, String> attributes(JsonNode resource, Acceptance acceptance) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("platform", control.platform());
        attributes.put("resourceKind", control.kind());
        attributes.put("organization", resource.path("organization").asText(""));
        attributes.put("cluster", resource.path("clusterName").asText(""));
        TreeSet<String> labels = new TreeSet<>();
        resource.path("labelValues")
                .forEach(label -> labels.add(label.isValueNode() ? label.asText() : label.toString()));
        attributes.put("labels", String.join(", ", labels));
        if (acceptance.holdsAt(now)) {
            attributes.put("acceptedBy", acceptance.by());
            attributes.put("acceptedReason", acceptance.reason());
            attributes.put(
                    "acceptedUntil", acceptance.until().map(Instant::toString).orElse(""));
        }
        attributes.replaceAll((name, value) -> share(value));
        attributes.values().removeIf(value -> value.isBlank() || value.equals("N/A"));
        return attributes;
    }

    private static String firstOf(JsonNode resource, String one, String other) {
        String value = resource.path(one).asText("");
        return value.isBlank() ? resource.path(other).asText("") : value;
    }

    private String share(String value) {
        return shared.computeIfAbsent(value, same -> same);
    }
}
