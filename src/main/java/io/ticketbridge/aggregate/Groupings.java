package io.ticketbridge.aggregate;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.GroupKey;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Membership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The groupings of all flows, as routes and ledger ask for them. */
public final class Groupings {
    private static final int MOST_IDS = 10_000;

    private final Settings settings;
    private final Map<List<Object>, UUID> ids = new ConcurrentHashMap<>();

    public Groupings(Settings settings) {
        this.settings = settings;
    }

    public List<Membership> memberships(Finding finding, String flow) {
        return Grouping.memberships(finding, settings.flows().get(flow));
    }

    public Set<UUID> groups(Finding finding, String flow) {
        FlowSettings settingsOfFlow = settings.flows().get(flow);
        List<GroupIdentity> groups = Grouping.groups(finding, settingsOfFlow);
        return groups.size() == 1
                ? Set.of(id(groups.get(0), settingsOfFlow))
                : groups.stream().map(group -> id(group, settingsOfFlow)).collect(Collectors.toSet());
    }

    /** Many findings share a control, few a resource: the ids of what many share are kept. */
    private UUID id(GroupIdentity group, FlowSettings flow) {
        if (flow.groupBy().isEmpty() || flow.groupBy().contains(GroupKey.RESOURCE)) {
            return group.id();
        }
        if (ids.size() > MOST_IDS) {
            ids.clear();
        }
        return ids.computeIfAbsent(List.of(group.flow(), group.values()), key -> group.id());
    }
}
