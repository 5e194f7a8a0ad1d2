package io.ticketbridge.sandbox.workloadprotection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Writes a resource in the list of a control; hosts have other fields than resources of a cloud. */
final class ResourceJson {
    static final String HOST = "host";

    private ResourceJson() {}

    static ObjectNode of(Checked checked, Catalogue.Zone zone, Instant now) {
        SimulatedResource resource = checked.resource();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", resource.name())
                .put("passed", checked.passed())
                .put("hash", resource.hash())
                .put("type", resource.type());
        if (resource.kind().equals(HOST)) {
            json.put("configError", "")
                    .put("osName", "linux")
                    .put("clusterName", "N/A")
                    .put("platformAccountId", resource.account())
                    .put("cloudRegion", resource.location())
                    .put("lastSeenDate", String.valueOf(now.getEpochSecond()));
        } else {
            json.put("account", resource.account())
                    .put("location", resource.location())
                    .put("organization", "o-eeba55a016")
                    .put("lastSeenDate", String.valueOf(now.toEpochMilli()))
                    .put("globalId", "");
            json.putArray("labelValues");
        }
        json.putArray("zones").addObject().put("id", zone.id()).put("name", zone.name());
        json.putNull("acceptance");
        if (checked.accepted()) {
            checked.acceptance().ifPresent(acceptance -> accepted(json.putObject("acceptance"), acceptance));
        }
        return json;
    }

    private static void accepted(ObjectNode json, SimulatedAcceptance acceptance) {
        json.put("reason", acceptance.reason())
                .put("username", acceptance.by())
                .put("userDisplayName", acceptance.by())
                .put("acceptanceDate", String.valueOf(acceptance.since().toEpochMilli()))
                .put(
                        "expiresAt",
                        acceptance
                                .until()
                                .map(until -> String.valueOf(until.toEpochMilli()))
                                .orElse("0"))
                .put("isExpired", false);
    }
}
