package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Finding;
import java.util.Set;
import java.util.UUID;

/** The ids of the groups that a flow puts a finding into. */
@FunctionalInterface
public interface GroupsOf {
    Set<UUID> groups(Finding finding, String flow);
}
