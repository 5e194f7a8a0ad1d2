package io.ticketbridge.sandbox.control;

import java.util.List;

/** The alerts in the simulated Workbench. */
final class AlertSection {
    private final AlertDesk desk;
    private final Forms forms;

    AlertSection(AlertDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        List<AlertDesk.Alert> alerts = desk.all();
        Element section = Page.section(
                3,
                alerts.size() + "",
                "What Workbench raised, newest first. A flow with source vision-one-alerts reads them instead of cases.");
        section.add(Element.of("div", "class", "actions primary")
                .add(forms.form("alert/add", "alerts")
                        .add(
                                Element.of("b").text("New alert"),
                                Forms.field("model", "Name of the detection model"),
                                Forms.choice("severity", "severity", AlertDesk.SEVERITIES, "high"),
                                Forms.submit("Add"))));
        alerts.forEach(each -> section.add(each(each, each.id().equals(open))));
        return section;
    }

    private Element each(AlertDesk.Alert seen, boolean open) {
        String id = seen.id();
        Element summary = Element.of("summary")
                .add(
                        Element.of("b").text(id),
                        Element.of("span", "class", seen.status().equals("Closed") ? "state over" : "state")
                                .text(seen.status()),
                        Element.of("span", "class", "priority").text(seen.severity()),
                        Element.of("span", "class", "title").text(seen.model()),
                        Element.of("span", "class", "quiet").text(seen.caseId()));
        Element status = forms.form("alert/status", id, "id", id)
                .add(Forms.choice("status", "status", AlertDesk.STATUSES, seen.status()), Forms.submit("Set status"));
        Element close = forms.form("alert/close", id, "id", id)
                .add(
                        Forms.choice("result", "result", AlertDesk.RESULTS, seen.result()),
                        Forms.submit("Close with this result"));
        Element note = forms.form("alert/note", id, "id", id)
                .add(Forms.field("text", "Text of a note"), Forms.submit("Add note"));
        return Element.of("details", "id", id)
                .is("open", open)
                .add(
                        summary,
                        Element.of("div", "class", "actions").add(status, close, note),
                        Element.of("p").text(seen.description()),
                        Element.of("p", "class", "quiet")
                                .text("result " + seen.result() + " · updated " + seen.updatedAt()),
                        CaseSection.notes(seen.notes()));
    }
}
