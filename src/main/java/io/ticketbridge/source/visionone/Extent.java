package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.finding.Digest;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;

/** What a flow reads, in digests: which list of which tenant, and what filters let pass of it. */
record Extent(UUID place, UUID filters) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Extent of(FlowSettings flow, VisionOneSettings instance) {
        return new Extent(
                Digest.of(flow.source().name(), instance.url().toString(), tenant(instance)),
                Digest.of(flow.sourceFilter(), flow.filter()));
    }

    static Extent parse(String text) {
        String[] digests = text.split(" ");
        return new Extent(UUID.fromString(digests[0]), UUID.fromString(digests[1]));
    }

    @Override
    public String toString() {
        return place + " " + filters;
    }

    /**
     * Tenants of one region share their address. A key names its tenant, and the next key of the same does so, too; where one does not,
     * the instance's name has to tell tenants apart.
     */
    private static String tenant(VisionOneSettings instance) {
        String customer = customer(instance);
        return customer.isEmpty() ? instance.name() : customer;
    }

    /** The tenant as its key names it; empty where it does not. */
    static String customer(VisionOneSettings instance) {
        String[] parts = instance.token().reveal().split("\\.");
        if (parts.length == 3) {
            try {
                return Fields.text(MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1])), "cid");
            } catch (IOException | IllegalArgumentException e) {
                // A key of another form, which says nothing.
                return "";
            }
        }
        return "";
    }
}
