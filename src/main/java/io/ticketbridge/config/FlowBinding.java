package io.ticketbridge.config;

import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SyncField;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the flows of values, with the defaults that depend on the source. What is missing stays empty, as for {@link SystemBinding}. */
final class FlowBinding {
    private final Values values;
    private final Path folder;

    /** @param folder of the settings, in which files that they name are looked for */
    FlowBinding(Values values, Path folder) {
        this.values = values;
        this.folder = folder;
    }

    /** Flows whose source is known. */
    Map<String, FlowSettings> flows() {
        Map<String, FlowSettings> flows = values.byName(FlowKeys.FLOW_SOURCE, this::flow);
        flows.values().removeIf(flow -> flow.source() == null);
        return flows;
    }

    private FlowSettings flow(String name) {
        SourceKind source = values.get(FlowKeys.FLOW_SOURCE, name);
        Poll poll = values.get(FlowKeys.FLOW_POLL, name);
        return new FlowSettings(
                name,
                source,
                values.text(FlowKeys.FLOW_INSTANCE, name),
                values.text(FlowKeys.FLOW_PROFILE, name),
                values.get(FlowKeys.FLOW_ENABLED, name),
                poll == null ? new Poll.Every(usualPeriod(source)) : poll,
                values.text(FlowKeys.FLOW_FILTER, name),
                values.text(FlowKeys.FLOW_SOURCE_FILTER, name),
                Optional.ofNullable(values.get(FlowKeys.FLOW_FOLDER, name)),
                values.get(FlowKeys.FLOW_COMPLETE, name),
                values.secret(FlowKeys.FLOW_TOKEN, name),
                values.secret(FlowKeys.FLOW_HMAC_SECRET, name),
                Optional.ofNullable(values.get(FlowKeys.FLOW_MAPPING, name))
                        .map(file -> folder.resolve(FlowKeys.MAPPINGS).resolve(file)),
                values.text(FlowKeys.FLOW_POLL_ROUTE, name),
                source != null && source.isCompliance() ? values.get(FlowKeys.FLOW_GROUP_BY, name) : List.of(),
                values.text(FlowKeys.FLOW_CONTROL, name),
                controlMap(name),
                values.text(FlowKeys.FLOW_NEW_TICKET_WHEN_STATUS, name),
                values.number(FlowKeys.FLOW_NEW_TICKET_AFTER_DAYS, name),
                onRecurrence(name, source),
                values.get(FlowKeys.FLOW_RESOLVE_WHEN_FIXED, name),
                values.get(FlowKeys.FLOW_BASELINE, name),
                values.get(FlowKeys.FLOW_MAX_NEW_TICKETS_PER_RUN, name),
                values.get(FlowKeys.FLOW_MAX_CLOSURES_PER_RUN, name),
                values.number(FlowKeys.FLOW_MAX_NEW_TICKETS_PER_HOUR, name),
                values.get(FlowKeys.FLOW_STORM_TICKET, name),
                values.get(FlowKeys.FLOW_ALL_DELETED, name),
                values.get(FlowKeys.FLOW_FORMER_SOURCE_GONE, name),
                source != null && !source.isCompliance() && values.get(FlowKeys.FLOW_SYNC_BACK, name),
                owners(name),
                values.get(FlowKeys.FLOW_ON_IDLE_CLOSURE, name),
                values.get(FlowKeys.FLOW_RECONCILE, name));
    }

    private static Duration usualPeriod(SourceKind source) {
        if (source == SourceKind.FILES) {
            return Duration.ofMinutes(1);
        }
        if (source == SourceKind.HTTP) {
            return Duration.ofMinutes(5);
        }
        return source == null || source.isCompliance() ? Duration.ofHours(1) : Duration.ofMinutes(5);
    }

    private ControlMap controlMap(String flow) {
        Path file = values.get(FlowKeys.FLOW_CONTROL_MAP, flow);
        return file == null
                ? ControlMap.NONE
                : ControlMapFile.read(folder.resolve(file), FlowKeys.FLOW_CONTROL_MAP.at(flow), values.problems());
    }

    private Map<SyncField, Side> owners(String flow) {
        Map<String, Side> own = values.endings(FlowKeys.FLOW_OWNER, flow);
        Map<SyncField, Side> owners = new EnumMap<>(SyncField.class);
        for (SyncField field : SyncField.values()) {
            boolean text = field == SyncField.NAME || field == SyncField.DESCRIPTION;
            owners.put(field, own.getOrDefault(field.toString(), text ? Side.VISION_ONE : Side.SERVICENOW));
        }
        return owners;
    }

    /** A case or alert that comes back is the same event: its ticket is reopened, unless the flow says otherwise. */
    private OnRecurrence onRecurrence(String name, SourceKind source) {
        OnRecurrence set = values.get(FlowKeys.FLOW_ON_RECURRENCE, name);
        if (set != null) {
            return set;
        }
        return source != null && !source.isCompliance() ? OnRecurrence.REOPEN : OnRecurrence.NEW_TICKET;
    }
}
