package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;
import java.util.UUID;

/**
 * One finding in one of the groups that it belongs to: what the aggregate step collects.
 *
 * @param groupId {@link GroupIdentity#id()}, which is a digest: made once
 */
public record Membership(GroupIdentity group, UUID groupId, Finding finding) {
    public Membership(GroupIdentity group, Finding finding) {
        this(group, group.id(), finding);
    }
}
