package io.ticketbridge.aggregate;

import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Membership;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The groupings of all flows, as routes and ledger ask for them. */
public final class Groupings {
    private final Settings settings;

    public Groupings(Settings settings) {
        this.settings = settings;
    }

    public List<Membership> memberships(Finding finding, String flow) {
        return Grouping.memberships(finding, settings.flows().get(flow));
    }

    public Set<UUID> groups(Finding finding, String flow) {
        return memberships(finding, flow).stream()
                .map(membership -> membership.group().id())
                .collect(Collectors.toSet());
    }
}
