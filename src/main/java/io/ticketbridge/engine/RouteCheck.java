package io.ticketbridge.engine;

import io.ticketbridge.fault.Checked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the route files parse, without settings and without starting anything (P30, P34). */
public final class RouteCheck {
    private RouteCheck() {}

    /** @param folder of the route files; what it does not have comes from the jar */
    public static List<Checked> of(Path folder) {
        List<String> problems = new ArrayList<>();
        int files = 0;
        try {
            var found = new RouteFiles(folder).read();
            files = found.size();
            Definitions.of(found.values(), problems);
        } catch (RuntimeException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return problems.isEmpty()
                ? List.of(Checked.ok("routes", "routes", files + " route files parse, and their ids are taken once"))
                : problems.stream()
                        .map(problem -> Checked.problem("routes", "routes", problem, ""))
                        .toList();
    }
}
