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
}
