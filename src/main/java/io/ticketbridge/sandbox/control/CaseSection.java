package io.ticketbridge.sandbox.control;

import java.util.List;

/** The cases in the simulated Vision One. */
final class CaseSection {
    private final CaseDesk desk;
    private final Forms forms;

    CaseSection(CaseDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html(String open) {
        List<CaseDesk.Case> cases = desk.all();
        Element section = Page.section(
                2, cases.size() + "", "What the analysts see, newest first. A change is read by the next poll.");
        section.add(Element.of("div", "class", "actions primary")
                .add(forms.form("case/add", "cases")
                        .add(
                                Element.of("b").text("New case"),
                                Forms.field("name", "Name of a new case"),
                                Forms.choice("priority", "priority", CaseDesk.PRIORITIES, "P1"),
                                Forms.submit("Add"))));
        cases.forEach(each -> section.add(each(each, each.id().equals(open))));
        return section;
    }

    private Element each(CaseDesk.Case seen, boolean open) {
        String id = seen.id();
        Element summary = Element.of("summary")
                .add(
                        Element.of("b").text(id),
                        Element.of("span", "class", seen.status().equals("Closed") ? "state over" : "state")
                                .text(seen.status()),
                        Element.of("span", "class", "priority").text(seen.priority()),
                        Element.of("span", "class", "title").text(seen.name()),
                        Element.of("span", "class", "quiet").text(seen.ticket()));
        Element update = forms.form("case/update", id, "id", id)
                .add(
                        Forms.choice("status", "status", CaseDesk.STATUSES, seen.status()),
                        Forms.choice("priority", "priority", CaseDesk.PRIORITIES, seen.priority()),
                        Forms.field("name", "New name (or leave empty)"),
                        Forms.submit("Update"));
        Element close = forms.form("case/close", id, "id", id)
                .add(
                        Forms.choice("findings", "findings", CaseDesk.FINDINGS, seen.findings()),
                        Forms.submit("Close with these findings"));
        Element note = forms.form("case/note", id, "id", id)
                .add(Forms.field("text", "Text of a note"), Forms.submit("Add note"));
        return Element.of("details", "id", id)
                .is("open", open)
                .add(
                        summary,
                        Element.of("div", "class", "actions").add(update, close, note),
                        Element.of("p").text(seen.description()),
                        Element.of("p", "class", "quiet")
                                .text("findings " + seen.findings() + " · updated " + seen.updatedAt()),
                        notes(seen.notes()));
    }

    static Element notes(List<String> notes) {
        Element list = Element.of("ol", "class", "journal");
        notes.forEach(note -> list.add(Element.of("li").add(Element.of("pre").text(note))));
        return notes.isEmpty() ? Element.of("p", "class", "quiet").text("No notes yet.") : list;
    }
}
