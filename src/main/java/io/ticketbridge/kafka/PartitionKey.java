package io.ticketbridge.kafka;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.Digest;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;

/**
 * What decides the partition: made of a finding's identity alone, so that all that is said of it is read in order by one worker. As
 * far as that allows a group is kept together: by resource always, by control where a control is one check.
 */
final class PartitionKey {
    private PartitionKey() {}

    static String of(SourceRecord record, FlowSettings flow) {
        if (record instanceof Unreadable unreadable) {
            return Digest.of(flow.name(), unreadable.raw()).toString();
        }
        Finding finding = (Finding) record;
        if (flow.groupBy().isEmpty() || flow.groupBy().contains(GroupKey.RESOURCE)) {
            return Digest.of(flow.name(), finding.account(), finding.resource().uid())
                    .toString();
        }
        return Digest.of(flow.name(), finding.scope(), finding.check()).toString();
    }
}
