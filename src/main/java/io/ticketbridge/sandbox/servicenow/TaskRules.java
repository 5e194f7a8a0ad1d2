package io.ticketbridge.sandbox.servicenow;

import java.util.Map;
import java.util.Set;

/** What happens to every kind of task: opening, closing, reassignment, and the priority lookup. */
final class TaskRules implements BusinessRule {

    private static final Map<String, Set<String>> CLOSED = Map.of(
            "incident", Set.of("7", "8"),
            "problem", Set.of("107"),
            "change_request", Set.of("3", "4"),
            "sn_si_incident", Set.of("3", "7"),
            "sn_customerservice_case", Set.of("3", "7"),
            "task", Set.of("3", "4", "7"));

    private final Settings settings;

    TaskRules(Settings settings) {
        this.settings = settings;
    }

    static boolean isClosed(TableDefinition table, String state) {
        return CLOSED.getOrDefault(table.name, Set.of()).contains(state);
    }

    @Override
    public void apply(Change change) {
        if (!change.table.isA("task")) {
            return;
        }
        if (change.isNew()) {
            change.setIfEmpty("opened_at", change.now);
            change.setIfEmpty("opened_by", change.actor.sysId());
        }
        lookUpPriority(change);
        reassign(change);
        if (change.changed("state")) {
            boolean closed = isInactive(change.table, change.get("state"));
            change.set("active", String.valueOf(!closed));
            change.set("closed_at", closed ? change.now : "");
            change.set("closed_by", closed ? change.actor.sysId() : "");
        }
    }

    /** A table without states of its own ends where the one that it extends does. */
    private boolean isInactive(TableDefinition table, String state) {
        for (TableDefinition at = table; at != null; at = at.parent) {
            Set<String> closed = settings.closeStates(at.name, CLOSED.get(at.name));
            if (closed != null) {
                return closed.contains(state);
            }
        }
        return false;
    }

    /** Incidents and problems take their priority from impact and urgency, whatever was sent. */
    private static void lookUpPriority(Change change) {
        if (!change.table.isA("incident") && !change.table.isA("problem")) {
            return;
        }
        try {
            int sum = Integer.parseInt(change.get("impact")) + Integer.parseInt(change.get("urgency"));
            change.set("priority", String.valueOf(Math.max(1, Math.min(5, sum - 1))));
        } catch (NumberFormatException e) {
            change.set("priority", "4");
        }
    }

    private static void reassign(Change change) {
        if (change.isNew() || !change.changed("assignment_group")) {
            return;
        }
        if (!change.sent("assigned_to")) {
            change.set("assigned_to", "");
        }
        if (!change.old("assignment_group").isEmpty()) {
            change.set("reassignment_count", next(change.get("reassignment_count")));
        }
    }

    static String next(String count) {
        return String.valueOf(count.isEmpty() ? 1 : Integer.parseInt(count) + 1);
    }
}
