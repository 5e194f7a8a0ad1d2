package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.scans.Observation;
import java.util.ArrayList;
import java.util.List;

/** What fails in the simulated cloud, and its scans. */
final class FindingSection {
    private final CloudDesk desk;
    private final Forms forms;

    FindingSection(CloudDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        List<CloudDesk.Failing> failing = desk.failing();
        int resources =
                failing.stream().mapToInt(check -> check.resources().size()).sum();
        Element section = Page.section(
                1,
                resources + " in " + failing.size() + " checks",
                "What the next scan of the cloud will report. A change here reaches ticketbridge with the next scan that"
                        + " you drop.");
        section.add(scans());
        failing.forEach(check -> section.add(check(check, check.check().equals(open))));
        List<Observation> changed = desk.changed();
        if (!changed.isEmpty()) {
            section.add(changed(changed, "changed".equals(open)));
        }
        return section;
    }

    private Element scans() {
        List<String> accounts = new ArrayList<>(List.of("all accounts"));
        accounts.addAll(desk.accounts());
        return Element.of("div", "class", "actions primary")
                .add(forms.form("scan/drop", "findings")
                        .add(
                                Element.of("b").text("Drop the next scan of"),
                                Forms.choice("account", "account", accounts, ""),
                                Forms.submit("complete", "kind", "complete"),
                                Forms.submit("truncated", "kind", "truncated"),
                                Forms.submit("appended (to the one before)", "kind", "appended"),
                                Forms.submit("empty", "kind", "empty"),
                                Forms.submit("partial (a region is missing)", "kind", "partial")));
    }

    private Element check(CloudDesk.Failing check, boolean open) {
        Element list = Element.of("ul", "class", "places");
        for (CloudDesk.Place place : check.resources()) {
            list.add(Element.of("li")
                    .add(
                            Element.of("code").text(place.resource()),
                            Element.of("span", "class", "actions")
                                    .add(
                                            button("Fix", "finding/fix", check.check(), place.resource()),
                                            button("Replace", "finding/replace", check.check(), place.resource()),
                                            button("Mute", "finding/mute", check.check(), place.resource()))));
        }
        return Element.of("details", "id", check.check())
                .is("open", open)
                .add(
                        Element.of("summary")
                                .add(
                                        Element.of("b").text(check.resources().size() + ""),
                                        Element.of("span", "class", "priority").text(check.severity()),
                                        Element.of("span", "class", "title").text(check.title()),
                                        Element.of("span", "class", "quiet").text(check.check())),
                        Element.of("div", "class", "actions")
                                .add(forms.button(
                                        "Fix everywhere", "finding/fix-all", "changed", "check", check.check())),
                        list);
    }

    private Element changed(List<Observation> changed, boolean open) {
        Element list = Element.of("ul", "class", "places");
        for (Observation seen : changed) {
            String said = seen.muted() ? "muted" : "fixed";
            list.add(Element.of("li")
                    .text(said + ": " + seen.check() + " on ")
                    .add(
                            Element.of("code").text(seen.resourceUid()),
                            Element.of("span", "class", "actions")
                                    .add(
                                            seen.muted()
                                                    ? again("Unmute", "finding/unmute", seen)
                                                    : again("Break again", "finding/break", seen))));
        }
        return Element.of("details", "id", "changed")
                .is("open", open)
                .add(
                        Element.of("summary")
                                .add(
                                        Element.of("b").text(changed.size() + ""),
                                        Element.of("span", "class", "title").text("Fixed here, or muted")),
                        list);
    }

    private Element again(String label, String action, Observation seen) {
        return forms.button(label, action, "changed", "check", seen.check(), "resource", seen.resourceUid());
    }

    private Element button(String label, String action, String check, String resource) {
        return forms.button(label, action, check, "check", check, "resource", resource);
    }
}
