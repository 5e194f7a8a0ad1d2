package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.workloadprotection.Checked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What fails and what is accepted in the simulated Workload Protection. */
final class WorkloadSection {
    private static final int SHOWN = 20;
    private static final Map<String, String> OF_FAILING = new LinkedHashMap<>();

    static {
        OF_FAILING.put("workloads/fix", "Fix");
        OF_FAILING.put("workloads/replace", "Replace");
        OF_FAILING.put("workloads/accept", "Accept");
        OF_FAILING.put("workloads/accept-shortly", "Accept for a minute");
    }

    private final WorkloadDesk desk;
    private final Forms forms;

    WorkloadSection(WorkloadDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        Map<String, List<Checked>> failing = new LinkedHashMap<>();
        desk.failing().forEach(seen -> failing.computeIfAbsent(seen.controlId(), id -> new ArrayList<>())
                .add(seen));
        long all = failing.values().stream().mapToLong(List::size).sum();
        Element section = Page.section(
                5,
                all + " in " + failing.size() + " controls",
                "What the posture API says at the next poll, as if the daily evaluation had just been made.");
        failing.forEach((id, seen) -> section.add(part(desk.nameOf(id), seen, OF_FAILING, "workloads-" + id, open)));
        addPart(section, "Accepted", desk.accepted(), Map.of("workloads/revoke", "Revoke"), "workloads-accepted", open);
        addPart(section, "Fixed here", desk.fixed(), Map.of("workloads/break", "Break again"), "workloads-fixed", open);
        return section;
    }

    private void addPart(
            Element section, String title, List<Checked> seen, Map<String, String> actions, String id, String open) {
        if (!seen.isEmpty()) {
            section.add(part(title, seen, actions, id, open));
        }
    }

    private Element part(String title, List<Checked> seen, Map<String, String> actions, String id, String open) {
        Element list = Element.of("ul", "class", "places");
        for (Checked each : seen.subList(0, Math.min(SHOWN, seen.size()))) {
            Element buttons = Element.of("span", "class", "actions");
            actions.forEach((action, label) -> buttons.add(forms.button(
                    label,
                    action,
                    id,
                    "control",
                    each.controlId(),
                    "resource",
                    each.resource().hash())));
            list.add(
                    Element.of("li").add(Element.of("code").text(each.resource().name()), buttons));
        }
        if (seen.size() > SHOWN) {
            list.add(Element.of("li", "class", "quiet")
                    .text("and " + (seen.size() - SHOWN) + " more; /api/workloads has them all"));
        }
        return Element.of("details", "id", id)
                .is("open", id.equals(open))
                .add(
                        Element.of("summary")
                                .add(
                                        Element.of("b").text(seen.size() + ""),
                                        Element.of("span", "class", "title").text(title),
                                        Element.of("span", "class", "quiet")
                                                .text(seen.get(0).controlId())),
                        list);
    }
}
