package io.ticketbridge.ticket;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans that tell the source nothing. */
public final class SyncPlans {
    private SyncPlans() {}

    public static SyncPlan inStep(Agreement agreed) {
        return of(Action.NOTHING, "in step", Map.of(), List.of(), agreed);
    }

    public static SyncPlan of(
            Action action, String reason, Map<SyncField, String> toServiceNow, List<String> lines, Agreement agreed) {
        return new SyncPlan(
                action,
                reason,
                toServiceNow,
                lines,
                List.of(),
                List.of(),
                Map.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                agreed,
                null,
                List.of(),
                Optional.empty());
    }

    public static SyncPlan with(SyncPlan plan, SyncPlan.Problem... problems) {
        return new SyncPlan(
                plan.action(),
                plan.reason(),
                plan.toServiceNow(),
                plan.linesToServiceNow(),
                plan.notesToServiceNow(),
                plan.filesToServiceNow(),
                plan.toSource(),
                plan.toSourceReason(),
                plan.lossesToSource(),
                plan.notesToSource(),
                plan.filesToSource(),
                plan.carried(),
                plan.agreed(),
                plan.sourceUpdatedAt(),
                List.of(problems),
                plan.ended());
    }
}
