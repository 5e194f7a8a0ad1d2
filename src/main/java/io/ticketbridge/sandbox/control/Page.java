package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.Sandbox;
import java.util.List;

/** The control page as HTML. */
final class Page {
    private static final List<String> SECTIONS =
            List.of("tickets", "findings", "cases", "alerts", "scc", "workloads", "posture", "faults");
    private static final List<String> NAMES = List.of(
            "Tickets",
            "Failing findings",
            "Vision One cases",
            "Workbench alerts",
            "IBM SCC",
            "Workload Protection",
            "Cloud Posture",
            "Faults");

    private final Sandbox sandbox;
    private final Diary diary;
    private final TicketSection tickets;
    private final FindingSection findings;
    private final CaseSection cases;
    private final AlertSection alerts;
    private final SccSection scc;
    private final WorkloadSection workloads;
    private final PostureSection posture;
    private final FaultSection faults;

    Page(
            Sandbox sandbox,
            Forms forms,
            Diary diary,
            TicketDesk tickets,
            CaseDesk cases,
            AlertDesk alerts,
            CloudDesk cloud,
            SccDesk scc,
            WorkloadDesk workloads,
            PostureDesk posture,
            FaultDesk faults) {
        this.sandbox = sandbox;
        this.diary = diary;
        this.tickets = new TicketSection(tickets, forms);
        this.findings = new FindingSection(cloud, forms);
        this.cases = new CaseSection(cases, forms);
        this.alerts = new AlertSection(alerts, forms);
        this.scc = new SccSection(scc, forms);
        this.workloads = new WorkloadSection(workloads, forms);
        this.posture = new PostureSection(posture, forms);
        this.faults = new FaultSection(faults, forms);
    }

    /** @param open the id of the part that is unfolded */
    String html(String open) {
        Element head = Element.of("head")
                .add(
                        Element.of("meta", "charset", "utf-8"),
                        Element.of("meta", "name", "viewport", "content", "width=device-width, initial-scale=1"),
                        Element.of("title").text("ticketbridge sandbox"),
                        Element.of("link", "rel", "stylesheet", "href", "/control.css"));
        Element main = Element.of("main")
                .add(
                        diary(),
                        tickets.html(open),
                        findings.html(open),
                        cases.html(open),
                        alerts.html(open),
                        scc.html(open),
                        workloads.html(open),
                        posture.html(open),
                        faults.html());
        return "<!doctype html>\n"
                + Element.of("html", "lang", "en").add(head, Element.of("body").add(header(), main));
    }

    private Element header() {
        Element links = Element.of("nav");
        for (int i = 0; i < SECTIONS.size(); i++) {
            links.add(Element.of("a", "href", "#" + SECTIONS.get(i)).text(NAMES.get(i)));
        }
        links.add(Element.of("a", "href", "/", "class", "reload").text("Reload"));
        return Element.of("header")
                .add(
                        Element.of("h1").text("ticketbridge sandbox"),
                        Element.of("p")
                                .text("Play the other side: change what the simulated systems hold, and see what"
                                        + " ticketbridge makes of it at its next poll. Nothing leaves this machine."),
                        Element.of("p", "class", "quiet")
                                .text("ServiceNow " + sandbox.serviceNow().url() + " · Vision One "
                                        + sandbox.visionOne().url() + " · IBM SCC "
                                        + sandbox.scc().url() + " · scans in " + sandbox.folder()),
                        links);
    }

    private Element diary() {
        Element list = Element.of("ul", "class", "diary");
        for (Diary.Entry entry : diary.entries()) {
            list.add(Element.of("li", "class", entry.refused() ? "refused" : "")
                    .add(Element.of("time").text(entry.at()))
                    .text((entry.refused() ? " Refused: " : " ") + entry.said()));
        }
        return diary.entries().isEmpty() ? Element.of("div") : list;
    }

    static Element section(int index, String count, String says) {
        return Element.of("section", "id", SECTIONS.get(index))
                .add(
                        Element.of("h2")
                                .text(NAMES.get(index))
                                .add(Element.of("span", "class", "count").text(count)),
                        Element.of("p", "class", "quiet").text(says));
    }
}
