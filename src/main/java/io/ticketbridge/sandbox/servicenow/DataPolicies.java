package io.ticketbridge.sandbox.servicenow;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which columns a record needs in which state. A value that is not among the choices counts as missing. */
final class DataPolicies implements BusinessRule {

    private final Settings settings;
    private final Choices choices;

    DataPolicies(Settings settings, Choices choices) {
        this.settings = settings;
        this.choices = choices;
    }

    @Override
    public void apply(Change change) {
        if (!settings.dataPolicies) {
            return;
        }
        Set<String> missing = new LinkedHashSet<>();
        if (change.table.isA("incident")) {
            incident(change, missing);
        } else if (change.table.isA("problem")) {
            problem(change, missing);
        }
        if (change.table.isA("task") && change.changed("state")) {
            need(change, missing, "state");
        }
        if (!missing.isEmpty()) {
            throw Refusal.dataPolicy(missing.stream()
                    .map(name -> change.table.column(name).label())
                    .collect(Collectors.joining(", ")));
        }
    }

    private void incident(Change change, Set<String> missing) {
        switch (change.get("state")) {
            case "6", "7" -> {
                need(change, missing, "close_code");
                need(change, missing, "close_notes");
            }
            case "3" -> {
                need(change, missing, "hold_reason");
                boolean asksCaller = change.changedTo("hold_reason", "1");
                if (asksCaller && !change.notes.containsKey("comments")) {
                    missing.add("comments");
                }
            }
            default -> {
                if (change.changed("close_code") && invalidChoice(change, "close_code")) {
                    missing.add("close_code");
                }
            }
        }
    }

    private void problem(Change change, Set<String> missing) {
        if (!change.changed("state")) {
            return;
        }
        switch (change.get("state")) {
            case "102", "103" -> need(change, missing, "assigned_to");
            case "104" -> {
                need(change, missing, "assigned_to");
                need(change, missing, "cause_notes");
                need(change, missing, "fix_notes");
            }
            case "106", "107" -> resolution(change, missing);
            default -> {}
        }
    }

    private void resolution(Change change, Set<String> missing) {
        need(change, missing, "resolution_code");
        switch (change.get("resolution_code")) {
            case "fix_applied" -> {
                need(change, missing, "cause_notes");
                need(change, missing, "fix_notes");
            }
            case "risk_accepted" -> {
                need(change, missing, "cause_notes");
                need(change, missing, "close_notes");
            }
            case "canceled" -> need(change, missing, "close_notes");
            case "duplicate" -> need(change, missing, "duplicate_of");
            default -> {}
        }
    }

    private void need(Change change, Set<String> missing, String column) {
        if (change.get(column).isBlank() || change.changed(column) && invalidChoice(change, column)) {
            missing.add(column);
        }
    }

    private boolean invalidChoice(Change change, String column) {
        String value = change.get(column);
        return !value.isEmpty()
                && change.table.column(column).choice()
                && !choices.isValid(change.table, column, value);
    }
}
