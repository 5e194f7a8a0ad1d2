package io.ticketbridge.sandbox;

import io.ticketbridge.sandbox.visionone.SimulatedCase;
import io.ticketbridge.sandbox.visionone.VisionOneSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The edits of a case that an analyst makes in Vision One. */
final class CaseEdits {
    private static final List<String> EDITS =
            List.of("status", "priority", "findings", "name", "description", "close", "note", "note", "note");
    private static final List<String> OPEN = List.of("Open", "In-progress");
    private static final List<String> PRIORITIES = List.of("P0", "P1", "P2", "P3");
    private static final List<String> FINDINGS =
            List.of("NoFindings", "Noteworthy", "TruePositive", "FalsePositive", "BenignTruePositive");

    private final VisionOneSimulator visionOne;
    private final Wording wording;
    private final Notebook notebook;

    CaseEdits(VisionOneSimulator visionOne, Wording wording, Notebook notebook) {
        this.visionOne = visionOne;
        this.wording = wording;
        this.notebook = notebook;
    }

    /** Edits one case; nothing where there is none. */
    Optional<Edit> once() {
        List<SimulatedCase> cases = visionOne.cases();
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        SimulatedCase chosen = wording.pick(cases);
        String edit = wording.pick(EDITS);
        return Optional.of(edit.equals("note") ? note(chosen) : changed(chosen, fields(chosen, edit)));
    }

    private Map<String, String> fields(SimulatedCase chosen, String edit) {
        boolean closed = chosen.status().equals("Closed");
        return switch (edit) {
            // Of a closed case this is its reopening.
            case "status" -> Map.of("status", wording.other(OPEN, chosen.status()));
            case "close" ->
                closed
                        ? Map.of("status", "Open")
                        : Map.of("status", "Closed", "findings", wording.pick(FINDINGS.subList(1, FINDINGS.size())));
            case "priority" -> Map.of("priority", wording.other(PRIORITIES, chosen.priority()));
            case "findings" -> Map.of("findings", wording.other(FINDINGS, chosen.findings()));
            case "name" -> Map.of("name", wording.title());
            default -> Map.of("description", wording.description());
        };
    }

    private Edit changed(SimulatedCase chosen, Map<String, String> fields) {
        visionOne.update(chosen.id(), fields, Colleague.ANALYST);
        return new Edit(Edit.Side.CASE, chosen.id(), chosen.id(), fields);
    }

    private Edit note(SimulatedCase chosen) {
        TypedNote note = notebook.note(Edit.Side.CASE, chosen.id(), "comment");
        visionOne.addNote(chosen.id(), Colleague.ANALYST, note.text());
        notebook.keep(note);
        return new Edit(Edit.Side.CASE, chosen.id(), chosen.id(), Map.of("comment", note.text()));
    }
}
