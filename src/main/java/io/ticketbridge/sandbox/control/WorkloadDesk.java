package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.workloadprotection.Checked;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What those see and do who look after the workloads in the simulated Workload Protection. */
final class WorkloadDesk {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final WorkloadProtectionSimulator workloads;
    private final Clock clock;
    private final Set<String> touched = new LinkedHashSet<>();

    WorkloadDesk(WorkloadProtectionSimulator workloads, Clock clock) {
        this.workloads = workloads;
        this.clock = clock;
    }

    List<Checked> failing() {
        return workloads.failing();
    }

    List<Checked> accepted() {
        return workloads.accepted();
    }

    /** What was fixed on this page. */
    synchronized List<Checked> fixed() {
        return touched.isEmpty()
                ? List.of()
                : workloads.checked().stream()
                        .filter(seen -> seen.passed()
                                && touched.contains(seen.controlId()
                                        + '\n'
                                        + seen.resource().hash()))
                        .toList();
    }

    String nameOf(String controlId) {
        return workloads.nameOf(controlId);
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("workloads/fix", this::fix);
        actions.put("workloads/break", form -> {
            workloads.breakAgain(control(form), resource(form));
            return control(form) + " fails on " + resource(form) + " from now on";
        });
        actions.put("workloads/accept", form -> {
            workloads.accept(control(form), resource(form), Optional.empty());
            return "Somebody has accepted that " + control(form) + " fails on " + resource(form);
        });
        actions.put("workloads/accept-shortly", form -> {
            workloads.accept(
                    control(form), resource(form), Optional.of(clock.instant().plus(SHORT)));
            return "For one minute it is accepted that " + control(form) + " fails on " + resource(form);
        });
        actions.put("workloads/revoke", form -> {
            workloads.revoke(control(form), resource(form));
            return "It is no longer accepted that " + control(form) + " fails on " + resource(form);
        });
        actions.put("workloads/replace", form -> {
            String successor = workloads.replace(control(form), resource(form)).hash();
            return resource(form) + " is gone; " + successor + " passes in its place";
        });
        return actions;
    }

    private synchronized String fix(Form form) {
        workloads.fix(control(form), resource(form));
        touched.add(control(form) + '\n' + resource(form));
        return control(form) + " passes on " + resource(form) + " from now on";
    }

    private static String control(Form form) {
        return form.required("control");
    }

    private static String resource(Form form) {
        return form.required("resource");
    }
}
