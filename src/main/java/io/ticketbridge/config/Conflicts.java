package io.ticketbridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that flows agree with their sources and with each other. */
final class Conflicts {
    private static final List<SourceKind> SYNCED = List.of(SourceKind.VISION_ONE_CASES, SourceKind.VISION_ONE_ALERTS);
    private static final Map<Key<?>, List<SourceKind>> ONLY_FOR = Map.ofEntries(
            Map.entry(
                    FlowKeys.FLOW_SOURCE_FILTER,
                    List.of(
                            SourceKind.VISION_ONE_CASES,
                            SourceKind.VISION_ONE_ALERTS,
                            SourceKind.CLOUD_POSTURE,
                            SourceKind.WORKLOAD_PROTECTION)),
            Map.entry(FlowKeys.FLOW_FOLDER, List.of(SourceKind.FILES)),
            Map.entry(FlowKeys.FLOW_COMPLETE, List.of(SourceKind.FILES, SourceKind.HTTP)),
            Map.entry(FlowKeys.FLOW_TOKEN, List.of(SourceKind.HTTP)),
            Map.entry(FlowKeys.FLOW_HMAC_SECRET, List.of(SourceKind.HTTP)),
            Map.entry(
                    FlowKeys.FLOW_INSTANCE,
                    List.of(
                            SourceKind.VISION_ONE_CASES,
                            SourceKind.VISION_ONE_ALERTS,
                            SourceKind.CLOUD_POSTURE,
                            SourceKind.SCC,
                            SourceKind.WORKLOAD_PROTECTION,
                            SourceKind.API)),
            Map.entry(FlowKeys.FLOW_MAPPING, List.of(SourceKind.API)),
            Map.entry(FlowKeys.FLOW_POLL_ROUTE, List.of(SourceKind.API)),
            Map.entry(FlowKeys.FLOW_SYNC_BACK, SYNCED),
            Map.entry(FlowKeys.FLOW_ON_IDLE_CLOSURE, List.of(SourceKind.VISION_ONE_CASES)),
            Map.entry(FlowKeys.FLOW_RECONCILE, SYNCED));

    private final Values values;
    private final Problems problems;

    Conflicts(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    void check(Map<String, FlowSettings> flows) {
        List<FlowSettings> enabled =
                flows.values().stream().filter(FlowSettings::enabled).toList();
        checkCasesOrAlerts(enabled);
        checkEventsOnce(enabled);
        checkFoldersOnce(enabled);
        for (FlowSettings flow : enabled) {
            checkKeys(flow);
            checkControlMap(flow);
            checkRecurrence(flow);
            checkIdleClosure(flow);
        }
    }

    /** Both would open incidents for the same event (P2). */
    private void checkCasesOrAlerts(List<FlowSettings> enabled) {
        List<String> cases = namesOf(enabled, SourceKind.VISION_ONE_CASES);
        List<String> alerts = namesOf(enabled, SourceKind.VISION_ONE_ALERTS);
        if (cases.isEmpty() || alerts.isEmpty()) {
            return;
        }
        problems.add(
                FlowKeys.FLOW_SOURCE.at(alerts.get(0)),
                "must not be vision-one-alerts while flow " + cases.get(0)
                        + " takes vision-one-cases, as both would open a ticket for one event",
                "to have tickets for cases set " + disabling(alerts) + ", to have them for alerts set "
                        + disabling(cases));
    }

    private void checkEventsOnce(List<FlowSettings> enabled) {
        Map<List<Object>, FlowSettings> firstOf = new HashMap<>();
        for (FlowSettings flow : enabled) {
            FlowSettings first = SYNCED.contains(flow.source())
                    ? firstOf.putIfAbsent(List.of(flow.source(), tenant(flow.instance())), flow)
                    : null;
            if (first != null) {
                String as = first.instance().equals(flow.instance())
                        ? ""
                        : ", the same tenant's as of instance " + first.instance() + ",";
                problems.add(
                        FlowKeys.FLOW_SOURCE.at(flow.name()),
                        "must not read the " + flow.source().subject().word() + "s of instance " + flow.instance() + as
                                + " as flow " + first.name() + " does, as both would open a ticket for one "
                                + flow.source().subject().word(),
                        "set " + disabling(List.of(flow.name())) + ", or give it the instance of another tenant");
            }
        }
    }

    /** A second name makes no other tenant: as its key names it, or else the key and the address, or else the name. */
    private List<Object> tenant(String instance) {
        Secret token = values.secret(SystemKeys.VISION_ONE_TOKEN, instance);
        URI url = values.get(SystemKeys.VISION_ONE_URL, instance);
        String customer = VisionOneSettings.customer(token);
        return !customer.isEmpty()
                ? List.of("customer", customer)
                : url == null || token.isEmpty() ? List.of("name", instance) : List.of("key", url, token);
    }

    /** Who reads a file moves it away. */
    private void checkFoldersOnce(List<FlowSettings> enabled) {
        Map<Path, String> firstOf = new HashMap<>();
        for (FlowSettings flow : enabled) {
            Path folder = flow.source() == SourceKind.FILES ? flow.folder().orElse(null) : null;
            String first = folder == null
                    ? null
                    : firstOf.putIfAbsent(folder.toAbsolutePath().normalize(), flow.name());
            if (first != null) {
                problems.add(
                        FlowKeys.FLOW_FOLDER.at(flow.name()),
                        "must not be the folder of flow " + first + ", as each file would be read by one of them alone",
                        folder.toString(),
                        origin(FlowKeys.FLOW_FOLDER, flow),
                        "give it a folder of its own, and put a copy of each file into both");
            }
        }
    }

    private void checkKeys(FlowSettings flow) {
        ONLY_FOR.forEach((key, sources) -> {
            if (!sources.contains(flow.source()) && values.has(key, flow.name())) {
                notFor(flow, key.at(flow.name()), sources);
            }
        });
        if (!SYNCED.contains(flow.source())) {
            values.endings(FlowKeys.FLOW_OWNER, flow.name())
                    .keySet()
                    .forEach(field -> notFor(flow, FlowKeys.FLOW_OWNER.at(flow.name(), field), SYNCED));
        }
        for (Key<?> key : List.of(FlowKeys.FLOW_GROUP_BY, FlowKeys.FLOW_CONTROL, FlowKeys.FLOW_CONTROL_MAP)) {
            if (!flow.source().isCompliance() && values.has(key, flow.name())) {
                problems.add(
                        key.at(flow.name()),
                        "must not be set for source " + flow.source(),
                        "remove it, each " + flow.source().subject().word() + " has its own ticket");
            }
        }
    }

    private void checkControlMap(FlowSettings flow) {
        boolean groups =
                flow.groupBy().contains(GroupKey.CONTROL) || flow.groupBy().contains(GroupKey.CHECK);
        if (flow.source().isCompliance() && !groups && values.has(FlowKeys.FLOW_CONTROL_MAP, flow.name())) {
            String groupBy = FlowKeys.FLOW_GROUP_BY.at(flow.name());
            problems.add(
                    FlowKeys.FLOW_CONTROL_MAP.at(flow.name()),
                    "must not be set while " + groupBy + " names neither control nor check, as it would join nothing",
                    "set " + groupBy + "=control, or remove it");
        }
    }

    private void notFor(FlowSettings flow, String key, List<SourceKind> sources) {
        problems.add(
                key,
                "must not be set for source " + flow.source(),
                "remove it, it is for "
                        + String.join(
                                " and ",
                                sources.stream().map(SourceKind::toString).toList()));
    }

    /** A ticket whose state follows its case is reopened with it, or succeeded by another: a comment alone is neither. */
    private void checkRecurrence(FlowSettings flow) {
        if (flow.syncBack() && flow.onRecurrence() == OnRecurrence.COMMENT) {
            String syncBack = FlowKeys.FLOW_SYNC_BACK.at(flow.name());
            problems.add(
                    FlowKeys.FLOW_ON_RECURRENCE.at(flow.name()),
                    "must not be comment while " + syncBack
                            + " is true, as a ticket's state can't be kept in step and left alone at once",
                    OnRecurrence.COMMENT.toString(),
                    origin(FlowKeys.FLOW_ON_RECURRENCE, flow),
                    "write reopen, or set " + syncBack + "=false");
        }
    }

    /** When a case was last touched is known of what is kept in step alone: else each closed case is taken for done. */
    private void checkIdleClosure(FlowSettings flow) {
        if (flow.source() == SourceKind.VISION_ONE_CASES
                && !flow.syncBack()
                && flow.onIdleClosure() == OnIdleClosure.COMMENT
                && values.has(FlowKeys.FLOW_ON_IDLE_CLOSURE, flow.name())) {
            String syncBack = FlowKeys.FLOW_SYNC_BACK.at(flow.name());
            problems.add(
                    FlowKeys.FLOW_ON_IDLE_CLOSURE.at(flow.name()),
                    "must not be comment while " + syncBack
                            + " is false, as only of cases that are kept in step it is known why they were closed",
                    OnIdleClosure.COMMENT.toString(),
                    origin(FlowKeys.FLOW_ON_IDLE_CLOSURE, flow),
                    "write resolve, or set " + syncBack + "=true; "
                            + FlowKeys.FLOW_RESOLVE_WHEN_FIXED.at(flow.name())
                            + "=false leaves every ticket to people");
        }
    }

    private static List<String> namesOf(List<FlowSettings> flows, SourceKind source) {
        return flows.stream()
                .filter(flow -> flow.source() == source)
                .map(FlowSettings::name)
                .toList();
    }

    private static String disabling(List<String> flows) {
        return String.join(
                " and ",
                flows.stream()
                        .map(flow -> FlowKeys.FLOW_ENABLED.at(flow) + "=false")
                        .toList());
    }

    private String origin(Key<?> key, FlowSettings flow) {
        return values.written(key, flow.name()).origin();
    }
}
