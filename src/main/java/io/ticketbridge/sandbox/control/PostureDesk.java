package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.visionone.SimulatedCheck;
import io.ticketbridge.sandbox.visionone.SimulatedPosture;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What those see and do whose cloud accounts the simulated Cloud Posture checks. */
final class PostureDesk {
    private static final String NOTE = "Accepted on the control page";

    /** A check that fails, or did and is muted. */
    record Check(String id, String rule, String title, String resource, String riskLevel, boolean suppressed) {}

    private final SimulatedPosture posture;

    PostureDesk(SimulatedPosture posture) {
        this.posture = posture;
    }

    /** What fails, muted or not, in the order of the rules. */
    List<Check> all() {
        return posture.checks().stream()
                .filter(check -> check.isOpen() || check.fails() && check.isSuppressed())
                .sorted(Comparator.comparing(SimulatedCheck::ruleId).thenComparing(SimulatedCheck::id))
                .map(check -> new Check(
                        check.id(),
                        check.ruleId(),
                        check.text("ruleTitle"),
                        check.resource(),
                        check.text("riskLevel"),
                        check.isSuppressed()))
                .toList();
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("posture/fix", form -> {
            posture.fix(known(form));
            return form.required("id") + " is a success from now on";
        });
        actions.put("posture/break", form -> {
            posture.breakAgain(known(form));
            return form.required("id") + " is a failure from now on";
        });
        actions.put("posture/suppress", form -> {
            posture.suppress(known(form), NOTE, null);
            return form.required("id") + " is suppressed";
        });
        actions.put("posture/unsuppress", form -> {
            posture.unsuppress(known(form));
            return form.required("id") + " is suppressed no more";
        });
        actions.put("posture/remove", form -> {
            String id = known(form);
            posture.remove(id);
            return "The resource of " + id + " is gone";
        });
        return actions;
    }

    private String known(Form form) {
        return posture.check(form.required("id")).id();
    }
}
