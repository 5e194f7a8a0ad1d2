package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.visionone.SimulatedAlert;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an analyst at the simulated Workbench sees and does. */
final class AlertDesk {
    static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
    static final List<String> STATUSES = List.of("Open", "In Progress");
    static final List<String> RESULTS = List.of(
            "True Positive", "Benign True Positive", "False Positive", "Noteworthy", "Other Findings", "No Findings");
    private static final String ANALYST = "Amy Analyst";

    /**
     * An alert as it is now.
     *
     * @param caseId the case that it belongs to, or ""
     * @param notes oldest first
     */
    record Alert(
            String id,
            String model,
            String description,
            String status,
            String severity,
            String result,
            String caseId,
            String updatedAt,
            List<String> notes) {}

    private final VisionOneSimulator visionOne;

    AlertDesk(VisionOneSimulator visionOne) {
        this.visionOne = visionOne;
    }

    /** Newest first. */
    List<Alert> all() {
        List<Alert> alerts =
                new ArrayList<>(visionOne.alerts().stream().map(AlertDesk::view).toList());
        Collections.reverse(alerts);
        return alerts;
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("alert/add", this::add);
        actions.put("alert/status", this::status);
        actions.put("alert/close", this::close);
        actions.put("alert/note", this::note);
        return actions;
    }

    private static Alert view(SimulatedAlert seen) {
        return new Alert(
                seen.id(),
                seen.model(),
                seen.text("description"),
                seen.status(),
                seen.severity(),
                seen.investigationResult(),
                seen.caseId(),
                seen.updatedAt().toString(),
                seen.notes().stream()
                        .map(note -> note.createdAt() + " " + note.author() + ": " + note.text())
                        .toList());
    }

    private String add(Form form) {
        SimulatedAlert added = visionOne.addAlert(form.required("model"), form.oneOf("severity", SEVERITIES));
        return "Alert " + added.id() + " added";
    }

    private String status(Form form) {
        String id = known(form);
        String status = form.oneOf("status", STATUSES);
        visionOne.updateAlert(id, Map.of("status", status));
        return "Alert " + id + ": " + status;
    }

    private String close(Form form) {
        String id = known(form);
        visionOne.closeAlert(id, form.oneOf("result", RESULTS));
        return "Alert " + id + " closed";
    }

    private String note(Form form) {
        String id = known(form);
        visionOne.addAlertNote(id, ANALYST, form.required("text"));
        return "Alert " + id + ": note added";
    }

    private String known(Form form) {
        String id = form.required("id");
        return visionOne
                .alertById(id)
                .map(SimulatedAlert::id)
                .orElseThrow(() -> new IllegalArgumentException("There is no alert " + id));
    }
}
