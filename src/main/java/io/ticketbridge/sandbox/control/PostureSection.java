package io.ticketbridge.sandbox.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What fails in the simulated Cloud Posture, by rule. */
final class PostureSection {
    private final PostureDesk desk;
    private final Forms forms;

    PostureSection(PostureDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        Map<String, List<PostureDesk.Check>> byRule = new LinkedHashMap<>();
        desk.all().forEach(check -> byRule.computeIfAbsent(check.rule(), rule -> new ArrayList<>())
                .add(check));
        long all = byRule.values().stream().mapToLong(List::size).sum();
        Element section = Page.section(
                6,
                all + " of " + byRule.size() + " rules",
                "Checks that fail. What changes here is seen at the next poll.");
        byRule.forEach((rule, checks) -> section.add(rule(rule, checks).is("open", rule.equals(open))));
        return section;
    }

    private Element rule(String rule, List<PostureDesk.Check> checks) {
        Element list = Element.of("ul", "class", "places");
        for (PostureDesk.Check check : checks) {
            Element buttons = Element.of("span", "class", "actions")
                    .add(
                            forms.button("Fix", "posture/fix", rule, "id", check.id()),
                            check.suppressed()
                                    ? forms.button("Suppress no more", "posture/unsuppress", rule, "id", check.id())
                                    : forms.button("Suppress", "posture/suppress", rule, "id", check.id()),
                            forms.button("Remove", "posture/remove", rule, "id", check.id()));
            list.add(Element.of("li")
                    .add(
                            Element.of("code").text(check.resource()),
                            Element.of("span", "class", "quiet").text(check.suppressed() ? "suppressed" : ""),
                            buttons));
        }
        PostureDesk.Check first = checks.get(0);
        return Element.of("details", "id", rule)
                .add(
                        Element.of("summary")
                                .add(
                                        Element.of("b").text(checks.size() + ""),
                                        Element.of("span", "class", "title").text(rule + " " + first.title()),
                                        Element.of("span", "class", "quiet").text(first.riskLevel())),
                        list);
    }
}
