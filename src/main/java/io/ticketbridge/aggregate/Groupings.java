package io.ticketbridge.aggregate;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.GroupKey;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Control;
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
    private final Map<Place, Set<UUID>> groupsOfPlaces = new ConcurrentHashMap<>();

    /** All that decides which groups a finding is in, where that is not its resource. */
    private record Place(
            String flow, String scope, String account, String region, String check, List<Control> controls) {}

    public Groupings(Settings settings) {
        this.settings = settings;
    }

    public List<Membership> memberships(Finding finding, String flow) {
        FlowSettings settingsOfFlow = settings.flows().get(flow);
        return Grouping.memberships(finding, settingsOfFlow, group -> id(group.values(), settingsOfFlow));
    }

    public Set<UUID> groups(Finding finding, String flow) {
        FlowSettings settingsOfFlow = settings.flows().get(flow);
        if (isByResource(settingsOfFlow)) {
            return groups(finding, settingsOfFlow);
        }
        if (groupsOfPlaces.size() > MOST_IDS) {
            groupsOfPlaces.clear();
        }
        Place place = new Place(
                flow, finding.scope(), finding.account(), finding.region(), finding.check(), finding.controls());
        return groupsOfPlaces.computeIfAbsent(place, absent -> groups(finding, settingsOfFlow));
    }

    private Set<UUID> groups(Finding finding, FlowSettings flow) {
        Set<UUID> groups = new HashSet<>(2);
        for (List<Map.Entry<String, String>> key : Grouping.keys(finding, flow)) {
            groups.add(id(key, flow));
        }
        return Set.copyOf(groups);
    }

    private static boolean isByResource(FlowSettings flow) {
        return flow.groupBy().isEmpty() || flow.groupBy().contains(GroupKey.RESOURCE);
    }

    /** Many findings share a control, few a resource: the ids of what many share are kept. */
    private UUID id(List<Map.Entry<String, String>> key, FlowSettings flow) {
        if (isByResource(flow)) {
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
