package io.ticketbridge.sandbox.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The faults of the simulators: a row for each, a column for each simulator. */
final class FaultSection {
    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        SYSTEMS.put("servicenow", "ServiceNow");
        SYSTEMS.put("vision-one", "Vision One");
        SYSTEMS.put("scc", "IBM SCC");
        SYSTEMS.put("workload-protection", "Workload Protection");
    }

    private final FaultDesk desk;
    private final Forms forms;

    FaultSection(FaultDesk desk, Forms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    Element html() {
        List<FaultDesk.Switch> switches = desk.switches();
        long on = switches.stream().filter(FaultDesk.Switch::on).count();
        Element section = Page.section(
                7,
                on == 0 ? "all off" : on + " on",
                "What goes wrong from now on, until it is switched off, or once at the next request. A write that met its"
                        + " fault has taken effect, except behind 429, a revoked token and an HTML page.");
        Element heading = Element.of("tr").add(Element.of("th"));
        SYSTEMS.values().forEach(name -> heading.add(Element.of("th").text(name)));
        Element table = Element.of("table").add(heading);
        Map<String, Element> rows = new LinkedHashMap<>();
        for (FaultDesk.Switch each : switches) {
            rows.computeIfAbsent(each.name(), name -> Element.of("tr")
                            .add(Element.of("th", "scope", "row").text(each.label())))
                    .add(cell(each));
        }
        return section.add(
                Element.of("div", "class", "wide").add(table.add(rows.values())),
                Element.of("div", "class", "actions").add(forms.button("Switch all off", "fault/clear", "faults")));
    }

    private Element cell(FaultDesk.Switch each) {
        Element form = forms.form("fault/set", "faults", "system", each.system(), "name", each.name());
        form.add(
                each.on()
                        ? Forms.submit("Switch off", "state", "off")
                        : Forms.submit("Switch on", "state", FaultDesk.ON),
                Forms.submit("Once", "state", FaultDesk.ONCE));
        return Element.of("td", "class", each.on() ? "on" : "").add(form);
    }
}
