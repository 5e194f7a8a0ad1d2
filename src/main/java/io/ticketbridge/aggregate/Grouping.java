package io.ticketbridge.aggregate;

import io.ticketbridge.config.ControlMap;
import io.ticketbridge.config.ControlMap.Joined;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.GroupIdentity;
import io.ticketbridge.ticket.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Says to which groups of a flow a finding belongs (P6): to one, or to one per control that it serves. */
public final class Grouping {
    private static final Pattern OPAQUE = Pattern.compile("[0-9a-fA-F-]{32,36}|\\d+");
    private static final List<String> KEYS_OF_CONTROLS = List.of("control", "check");
    private static final String CHECK = "check";
    private static final String OWN_CONTROL = "control";

    private Grouping() {}

    /** How a flow groups, in words, so that a change of it can be told. */
    public static String name(FlowSettings flow) {
        String keys = flow.groupBy().isEmpty()
                ? flow.source().subject().word()
                : String.join(
                        ",", flow.groupBy().stream().map(GroupKey::toString).toList());
        return flow.groupBy().contains(GroupKey.CONTROL) ? keys + " (" + flow.control() + ")" : keys;
    }

    public static List<Membership> memberships(Finding finding, FlowSettings flow) {
        return memberships(finding, flow, GroupIdentity::id);
    }

    static List<Membership> memberships(Finding finding, FlowSettings flow, Function<GroupIdentity, UUID> ids) {
        if (flow.groupBy().isEmpty()) {
            return List.of(membership(new GroupIdentity(flow.name(), ofItself(finding)), finding, ids));
        }
        List<Membership> memberships = new ArrayList<>(1);
        List<Joined> joined = joined(finding, flow);
        for (Joined each : joined) {
            memberships.add(membership(identity(finding, flow, each), finding, ids));
        }
        if (joined.isEmpty()) {
            for (String control : controls(finding, flow)) {
                memberships.add(membership(identity(finding, flow, control), finding, ids));
            }
        }
        return memberships;
    }

    private static Membership membership(GroupIdentity group, Finding finding, Function<GroupIdentity, UUID> ids) {
        return new Membership(group, ids.apply(group), finding);
    }

    /** What tells the same groups apart, without their labels. */
    static List<List<Map.Entry<String, String>>> keys(Finding finding, FlowSettings flow) {
        if (flow.groupBy().isEmpty()) {
            return List.of(ofItself(finding));
        }
        List<List<Map.Entry<String, String>>> keys = new ArrayList<>(1);
        List<Joined> joined = joined(finding, flow);
        for (Joined each : joined) {
            keys.add(values(finding, flow.groupBy(), each.id(), each.id()));
        }
        if (joined.isEmpty()) {
            for (String control : controls(finding, flow)) {
                keys.add(values(finding, flow.groupBy(), control, finding.check()));
            }
        }
        return keys;
    }

    private static List<Map.Entry<String, String>> ofItself(Finding finding) {
        return List.of(Map.entry(finding.check(), finding.resource().uid()));
    }

    /** What the flow's map joins the finding into: by its check where that is named, else by its controls. */
    private static List<Joined> joined(Finding finding, FlowSettings flow) {
        ControlMap map = flow.controlMap();
        if (map.isEmpty()) {
            return List.of();
        }
        return map.of(finding.check()).map(List::of).orElseGet(() -> finding.controls().stream()
                .flatMap(
                        control -> map
                                .of(
                                        control.framework().isEmpty()
                                                ? control.id()
                                                : control.framework() + " " + control.id())
                                .stream())
                .distinct()
                .toList());
    }

    private static GroupIdentity identity(Finding finding, FlowSettings flow, Joined joined) {
        List<Map.Entry<String, String>> values = values(finding, flow.groupBy(), joined.id(), joined.id());
        String label = new GroupIdentity(flow.name(), values).label();
        return new GroupIdentity(flow.name(), values, label, new Control("", joined.id(), joined.title()));
    }

    private static GroupIdentity identity(Finding finding, FlowSettings flow, String control) {
        List<Map.Entry<String, String>> values = values(finding, flow.groupBy(), control, finding.check());
        return title(finding, control)
                .map(title -> new GroupIdentity(
                        flow.name(), values, new GroupIdentity(flow.name(), titled(values, control, title)).label()))
                .orElseGet(() -> new GroupIdentity(flow.name(), values));
    }

    private static List<Map.Entry<String, String>> titled(
            List<Map.Entry<String, String>> values, String control, String title) {
        return values.stream()
                .map(each -> KEYS_OF_CONTROLS.contains(each.getKey())
                                && each.getValue().equals(control)
                        ? Map.entry(each.getKey(), title)
                        : each)
                .toList();
    }

    /** Where a control's id tells people nothing, its title stands for it. */
    private static Optional<String> title(Finding finding, String control) {
        return OPAQUE.matcher(control).matches()
                ? finding.controls().stream()
                        .filter(each ->
                                each.id().equals(control) && !each.title().isBlank())
                        .map(Control::title)
                        .findFirst()
                : Optional.empty();
    }

    /** The check stands in where a finding has no control of the kind asked for: it must not be dropped. */
    private static List<String> controls(Finding finding, FlowSettings flow) {
        if (!flow.groupBy().contains(GroupKey.CONTROL) || flow.control().equals(CHECK)) {
            return List.of(finding.check());
        }
        String framework = flow.control().equals(OWN_CONTROL) ? "" : flow.control();
        List<String> ids = new ArrayList<>(1);
        for (Control control : finding.controls()) {
            if (control.framework().equals(framework) && !ids.contains(control.id())) {
                ids.add(control.id());
            }
        }
        return ids.isEmpty() ? List.of(finding.check()) : ids;
    }

    private static List<Map.Entry<String, String>> values(
            Finding finding, List<GroupKey> keys, String control, String check) {
        List<Map.Entry<String, String>> values = new ArrayList<>();
        for (GroupKey key : keys) {
            switch (key) {
                case RESOURCE -> {
                    values.add(Map.entry("account", finding.account()));
                    values.add(Map.entry("resource", finding.resource().uid()));
                }
                case CONTROL -> values.add(Map.entry("control", control));
                case CHECK -> values.add(Map.entry("check", check));
                case ACCOUNT -> values.add(Map.entry("account", finding.account()));
                case REGION -> values.add(Map.entry("region", finding.region()));
                case SCOPE -> values.add(Map.entry("scope", finding.scope()));
            }
        }
        return values;
    }
}
