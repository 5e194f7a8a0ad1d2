package io.ticketbridge.sandbox.servicenow;

import java.util.Set;

/** The incident's state model: mirror column, resolving, reopening, and leaving On Hold. */
final class IncidentRules implements BusinessRule {

    private static final Set<String> DONE = Set.of("6", "7");

    @Override
    public void apply(Change change) {
        if (!change.table.isA("incident")) {
            return;
        }
        if (!change.changed("state") && change.changed("incident_state") && !change.isNew()) {
            change.set("state", change.get("incident_state"));
        }
        change.set("incident_state", change.get("state"));
        boolean wasDone = DONE.contains(change.old("state"));
        boolean isDone = DONE.contains(change.get("state"));
        if (isDone && !wasDone) {
            change.set("resolved_at", change.now);
            change.set("resolved_by", change.actor.sysId());
        }
        if (wasDone && !isDone && !change.get("state").equals("8")) {
            change.set("resolved_at", "");
            change.set("resolved_by", "");
            change.set("reopen_count", TaskRules.next(change.get("reopen_count")));
        }
        if (!change.get("state").equals("3")) {
            change.set("hold_reason", "");
        }
    }
}
