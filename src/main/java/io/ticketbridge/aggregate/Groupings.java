package io.ticketbridge.aggregate;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.GroupKey;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Membership;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The groupings of all flows, as routes and ledger ask for them. */
public final class Groupings {
    private static final int MOST_IDS = 10_000;

    private final Settings settings;
    private final Map<List<Object>, UUID> ids = new ConcurrentHashMap<>();

    public Groupings(Settings settings) {
        this.settings = settings;
    }

    public List<Membership> memberships(Finding finding, String flow) {
        FlowSettings settingsOfFlow = settings.flows().get(flow);
        return Grouping.memberships(finding, settingsOfFlow, group -> id(group.values(), settingsOfFlow));
    }

    public Set<UUID> groups(Finding finding, String flow) {
        FlowSettings settingsOfFlow = settings.flows().get(flow);
        Set<UUID> groups = new HashSet<>(2);
        for (List<Map.Entry<String, String>> key : Grouping.keys(finding, settingsOfFlow)) {
            groups.add(id(key, settingsOfFlow));
        }
        return groups;
    }

    /** Many findings share a control, few a resource: the ids of what many share are kept. */
    private UUID id(List<Map.Entry<String, String>> key, FlowSettings flow) {
        if (flow.groupBy().isEmpty() || flow.groupBy().contains(GroupKey.RESOURCE)) {
            return idOf(flow, key);
        }
        if (ids.size() > MOST_IDS) {
            ids.clear();
        }
        return ids.computeIfAbsent(List.of(flow.name(), key), absent -> idOf(flow, key));
    }

    private static UUID idOf(FlowSettings flow, List<Map.Entry<String, String>> key) {
        return new GroupIdentity(flow.name(), key, "").id();
    }
}
