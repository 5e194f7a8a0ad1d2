package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.scc.SccEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What fails in the simulated IBM SCC, and its reports. */
final class SccSection {
    private static final int SHOWN = 20;

    private final SccDesk desk;
    private final Forms forms;

    SccSection(SccDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        Map<String, List<SccEvaluation>> failing = new LinkedHashMap<>();
        desk.failing().forEach(seen -> failing.computeIfAbsent(seen.assessmentId(), id -> new ArrayList<>())
                .add(seen));
        long all = failing.values().stream().mapToLong(List::size).sum();
        Element section = Page.section(
                4,
                all + " in " + failing.size() + " assessments",
                "What the next reports of both scopes will say. " + desk.reports() + " reports so far.");
        section.add(Element.of("div", "class", "actions primary")
                .add(forms.form("scc/scan", "scc")
                        .add(
                                Element.of("b").text("Next scan"),
                                Forms.submit("complete", "kind", "complete"),
                                Forms.submit("empty", "kind", "empty"),
                                Forms.submit("failed (every evaluation is an error)", "kind", "failed"))));
        failing.forEach((id, evaluations) -> section.add(
                assessment(desk.describe(id), evaluations, "Fix", "scc/fix", id).is("open", id.equals(open))));
        List<SccEvaluation> fixed = desk.fixed();
        if (!fixed.isEmpty()) {
            section.add(assessment("Fixed here", fixed, "Break again", "scc/break", "scc-fixed")
                    .is("open", "scc-fixed".equals(open)));
        }
        return section;
    }

    private Element assessment(String title, List<SccEvaluation> evaluations, String label, String action, String id) {
        Element list = Element.of("ul", "class", "places");
        for (SccEvaluation seen : evaluations.subList(0, Math.min(SHOWN, evaluations.size()))) {
            Element buttons = Element.of("span", "class", "actions").add(button(label, action, id, seen));
            if (action.equals("scc/fix")) {
                buttons.add(button("Replace", "scc/replace", id, seen));
            }
            list.add(Element.of("li").add(Element.of("code").text(seen.targetId()), buttons));
        }
        if (evaluations.size() > SHOWN) {
            list.add(Element.of("li", "class", "quiet")
                    .text("and " + (evaluations.size() - SHOWN) + " more; /api/scc has them all"));
        }
        return Element.of("details", "id", id)
                .add(
                        Element.of("summary")
                                .add(
                                        Element.of("b").text(evaluations.size() + ""),
                                        Element.of("span", "class", "title").text(title),
                                        Element.of("span", "class", "quiet")
                                                .text(evaluations.get(0).componentId())),
                        list);
    }

    private Element button(String label, String action, String back, SccEvaluation seen) {
        return forms.button(label, action, back, "assessment", seen.assessmentId(), "target", seen.targetId());
    }
}
