package io.ticketbridge.engine;

import io.ticketbridge.fault.Checked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the route files parse and keep the rules, without settings and without starting anything (P30, P34). */
public final class RouteCheck {
    /** Called by Java: by the engine, or by beans that ask ServiceNow through the one route that may. */
    public static final Set<String> ENTRY_POINTS = Set.of(
            "run-{{flow}}",
            "probe-servicenow",
            "read-ticket-states",
            "import-findings-file",
            "complete-run",
            "replay-dead-letters",
            "reconcile-{{flow}}",
            "forget-old",
            "sweep",
            "call-servicenow");

    private RouteCheck() {}

    /** @param folder of the route files; what it does not have comes from the jar */
    public static List<Checked> of(Path folder) {
        List<String> problems = new ArrayList<>();
        String well = "";
        try {
            RouteFiles files = new RouteFiles(folder);
            var found = files.read();
            well = found.size() + " route files parse, and what they name is there" + ownAmong(files, found);
            Definitions.of(found.values(), problems);
            problems.addAll(RouteRules.problems(found.values()));
        } catch (RuntimeException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return problems.isEmpty()
                ? List.of(Checked.ok("routes", "routes", well))
                : problems.stream()
                        .map(problem -> Checked.problem("routes", "routes", problem, ""))
                        .toList();
    }

    /** So that whoever edited one sees whether it is read. */
    static String ownAmong(RouteFiles files, Map<String, RouteFile> found) {
        List<String> own = files.own(found);
        return own.isEmpty() ? "" : "; of your own: " + String.join(", ", own);
    }

    /** The rules alone, for files that an engine has loaded. */
    static List<Checked> rules(Path folder) {
        return RouteRules.problems(new RouteFiles(folder).read().values()).stream()
                .map(problem -> Checked.problem("routes", "routes", problem, ""))
                .toList();
    }
}
