package io.ticketbridge.source.visionone;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.finding.Digest;
import java.util.UUID;

/** What a flow reads, in digests: which list of which tenant, and what filters let pass of it. */
record Extent(UUID place, UUID filters) {
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
        String customer = instance.customer();
        return customer.isEmpty() ? instance.name() : customer;
    }
}
