package io.ticketbridge.sandbox.workloadprotection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the requirements of each policy in each of its zones, with their controls. */
final class RequirementJson {
    private static final int FIRST_REQUIREMENT = 16_000;

    private final Posture posture;

    RequirementJson(Posture posture) {
        this.posture = posture;
    }

    List<ObjectNode> all(RequirementFilter filter, Instant now) {
        List<ObjectNode> all = new ArrayList<>();
        int number = FIRST_REQUIREMENT;
        for (Catalogue.Policy policy : posture.catalogue().policies()) {
            Map<String, List<Catalogue.Control>> requirements = requirements(policy);
            for (Map.Entry<String, List<Catalogue.Control>> requirement : requirements.entrySet()) {
                number++;
                for (Catalogue.Zone zone : posture.zonesOf(policy)) {
                    ObjectNode json = of(policy, zone, requirement.getKey(), number, requirement.getValue(), now);
                    if (filter.lets(policy, zone, json.get("pass").asBoolean())) {
                        all.add(json);
                    }
                }
            }
        }
        return all;
    }

    private Map<String, List<Catalogue.Control>> requirements(Catalogue.Policy policy) {
        Map<String, List<Catalogue.Control>> requirements = new LinkedHashMap<>();
        posture.catalogue().controls().forEach(control -> control.requirements()
                .getOrDefault(policy.id(), List.of())
                .forEach(name -> requirements
                        .computeIfAbsent(name, first -> new ArrayList<>())
                        .add(control)));
        return requirements;
    }

    private ObjectNode of(
            Catalogue.Policy policy,
            Catalogue.Zone zone,
            String name,
            int id,
            List<Catalogue.Control> controls,
            Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        ArrayNode listed = JsonNodeFactory.instance.arrayNode();
        int failed = 0;
        long accepted = 0;
        long passing = 0;
        for (Catalogue.Control control : controls) {
            ObjectNode each = control(control, policy, zone, now);
            failed += each.get("pass").asBoolean() ? 0 : 1;
            accepted += each.get("acceptedCount").asLong();
            passing += each.get("passingCount").asLong();
            listed.add(each);
        }
        json.put("pass", failed == 0)
                .put("severity", controls.get(0).severity())
                .put("policyId", policy.id())
                .put("policyName", policy.name())
                .set("controls", listed);
        json.put("failedControls", failed)
                .put("acceptedCount", accepted)
                .put("description", "")
                .put("requirementId", String.valueOf(id));
        json.putObject("zone").put("id", zone.id()).put("name", zone.name());
        return json.put("passingCount", passing);
    }

    private ObjectNode control(Catalogue.Control control, Catalogue.Policy policy, Catalogue.Zone zone, Instant now) {
        List<Checked> checked = posture.in(control, zone);
        long failing = checked.stream().filter(Checked::fails).count();
        Catalogue.Kind kind = posture.catalogue().kindOf(control);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", control.id())
                .put("name", control.name())
                .put("description", control.description())
                .put("target", kind.target())
                .put("type", 8)
                .put("pass", failing == 0)
                .put("severity", control.severity())
                .put("objectsCount", failing)
                .put("remediationId", control.id())
                .put("lastUpdate", String.valueOf(now.getEpochSecond()))
                .put("acceptedCount", checked.stream().filter(Checked::accepted).count())
                .put("resourceKind", control.kind())
                .put("isManual", control.manual())
                .put("resourceApiEndpoint", endpoint(control, kind, policy, zone))
                .put("platform", "")
                .put("authors", "Sysdig")
                .put("passingCount", checked.stream().filter(Checked::passed).count());
    }

    /** Relative, and with spaces in it. */
    private static String endpoint(
            Catalogue.Control control, Catalogue.Kind kind, Catalogue.Policy policy, Catalogue.Zone zone) {
        boolean host = kind.kind().equals(ResourceJson.HOST);
        return "/api/cspm/v1/" + (host ? "clusteranalysis" : "cloud") + "/resources?controlId=" + control.id()
                + "&providerType=" + kind.target() + "&resourceKind=" + kind.kind() + "&filter=policyId="
                + policy.id() + " and zones.id=" + zone.id();
    }
}
