package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an analyst at the simulated Vision One sees and does. */
final class CaseDesk {
    static final List<String> PRIORITIES = List.of("P0", "P1", "P2", "P3");
    static final List<String> STATUSES = List.of("Open", "In-progress", "Closed");
    static final List<String> FINDINGS =
            List.of("TruePositive", "BenignTruePositive", "FalsePositive", "Noteworthy", "NoFindings");
    private static final String ANALYST = "Amy Analyst";
    private static final List<String> CHANGEABLE = List.of("name", "description", "priority", "status", "findings");

    /**
     * A case as it is now.
     *
     * @param ticket the external ticket's id, or ""
     * @param notes oldest first
     */
    record Case(
            String id,
            String name,
            String description,
            String status,
            String priority,
            String findings,
            String ticket,
            String updatedAt,
            List<String> notes) {}

    private final VisionOneSimulator visionOne;

    CaseDesk(VisionOneSimulator visionOne) {
        this.visionOne = visionOne;
    }

    /** Newest first. */
    List<Case> all() {
        List<Case> cases =
                new ArrayList<>(visionOne.cases().stream().map(CaseDesk::view).toList());
        Collections.reverse(cases);
        return cases;
    }

    Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("case/add", this::add);
        actions.put("case/update", this::update);
        actions.put("case/close", this::close);
        actions.put("case/note", this::note);
        return actions;
    }

    private static Case view(SimulatedCase seen) {
        return new Case(
                seen.id(),
                seen.name(),
                seen.description(),
                seen.status(),
                seen.priority(),
                seen.findings(),
                seen.externalTicketId(),
                seen.updatedAt().toString(),
                seen.notes().stream()
                        .map(note -> note.createdAt() + " " + note.author() + ": " + note.text())
                        .toList());
    }

    private String add(Form form) {
        SimulatedCase added = visionOne.addCase(form.required("name"), form.oneOf("priority", PRIORITIES));
        return "Case " + added.id() + " added; the next poll reads it";
    }

    private String update(Form form) {
        String id = known(form);
        Map<String, String> changes = new LinkedHashMap<>();
        for (String field : CHANGEABLE) {
            if (!form.optional(field).isEmpty()) {
                changes.put(field, allowed(form, field));
            }
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("Nothing to change: give one of " + String.join(", ", CHANGEABLE));
        }
        visionOne.update(id, changes);
        return "Case " + id + " changed: " + String.join(", ", changes.keySet());
    }

    private static String allowed(Form form, String field) {
        return switch (field) {
            case "priority" -> form.oneOf(field, PRIORITIES);
            case "status" -> form.oneOf(field, STATUSES);
            case "findings" -> form.oneOf(field, FINDINGS);
            default -> form.required(field);
        };
    }

    private String close(Form form) {
        String id = known(form);
        visionOne.close(id, form.oneOf("findings", FINDINGS));
        return "Case " + id + " closed";
    }

    private String note(Form form) {
        String id = known(form);
        visionOne.addNote(id, ANALYST, form.required("text"));
        return "Case " + id + ": note added";
    }

    private String known(Form form) {
        String id = form.required("id");
        return visionOne
                .caseById(id)
                .map(SimulatedCase::id)
                .orElseThrow(() -> new IllegalArgumentException("There is no case " + id));
    }
}
