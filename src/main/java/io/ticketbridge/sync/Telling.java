package io.ticketbridge.sync;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import io.ticketbridge.ticket.SyncPlan.Problem;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells each side in words what it has no field for, or could not get as a value (P23, P24). */
final class Telling {
    /** Of each what a note about it begins with. */
    private static final Map<String, String> TEXTS =
            Map.of("close_notes", "Close notes of ", "cause_notes", "Cause notes of ", "fix_notes", "Fix notes of ");

    private static final List<String> COLUMNS = List.of("assigned_to", "close_notes", "cause_notes", "fix_notes");

    private final ProfileSettings profile;
    private final Ticket ticket;
    private final Pair pair;
    private final Finding finding;
    private final TicketRecord record;
    private final Carrying carrying;
    private final PlanDraft draft;

    Telling(
            ProfileSettings profile,
            Ticket ticket,
            Pair pair,
            Finding finding,
            TicketRecord record,
            Carrying carrying,
            PlanDraft draft) {
        this.profile = profile;
        this.ticket = ticket;
        this.pair = pair;
        this.finding = finding;
        this.record = record;
        this.carrying = carrying;
        this.draft = draft;
    }

    /** The case is told of its ticket, once. */
    void link(String ticketUrl) {
        if (carrying.isMissing("link")) {
            draft.notes.add(owed(
                    "link",
                    "ServiceNow ticket " + ticket.number() + ": " + ticketUrl,
                    ticket.number() + " was opened for it"));
        }
    }

    /** What Vision One has no field for arrives as a note for each change (P23). */
    void columns() {
        Map<String, String> told = pair.agreement().columns();
        for (String column : COLUMNS) {
            String now = record.values().get(column);
            // Earlier versions told nobody of the last two, and may have written them.
            boolean isNoNews = pair.version() == 0 || column.equals("cause_notes") || column.equals("fix_notes");
            if (now == null || now.equals(told.getOrDefault(column, isNoNews ? now : ""))) {
                continue;
            }
            String text = TEXTS.containsKey(column)
                    ? TEXTS.get(column) + ticket.number() + ": " + now
                    : now.isEmpty()
                            ? ticket.number() + " is assigned to nobody now"
                            : ticket.number() + " is assigned to "
                                    + record.shown().getOrDefault(column, now) + " now";
            if (!(TEXTS.containsKey(column) && now.isBlank())) {
                note(draft.notes, column, text, column + " changed on " + ticket.number());
            }
        }
    }

    /**
     * An emptied description empties nothing here: it looks the same where the user may not read it any more. Of a ticket that
     * somebody changed it is told, once.
     */
    void emptied() {
        Both before = pair.agreement().fields().get(SyncField.DESCRIPTION);
        String now = record.values().get(SyncColumns.of(ticket.table(), SyncField.DESCRIPTION));
        boolean isEmptied = before != null && !before.ticket().isBlank() && now != null && now.isBlank();
        if (isEmptied && !record.mark().equals(pair.mark()) && carrying.isMissing("emptied-description")) {
            draft.notes.add(owed(
                    "emptied-description",
                    "On " + ticket.number()
                            + " the description is empty now, or can't be read any more; here it stays as it is.",
                    "the description of " + ticket.number() + " is empty"));
        }
    }

    /** What the merge could not carry over as a value. */
    void merge(Merged merged) {
        merged.overruled().forEach(lost -> {
            if (lost.loser() == Side.VISION_ONE) {
                note(
                        draft.losses,
                        "overruled-" + lost.field(),
                        "Both sides changed the " + lost.field() + "; " + ticket.number()
                                + " owns it and has the last word. Here it was: " + lost.value(),
                        "both sides changed the " + lost.field());
            } else {
                draft.lines.add("both sides changed the " + lost.field()
                        + "; Vision One owns it and has the last word. Here it was: "
                        + shown(lost.field(), lost.value()));
            }
        });
        merged.untranslated().forEach(value -> {
            if (value.from() == Side.VISION_ONE) {
                draft.lines.add("the " + value.field() + ", which the ticket can't take: " + value.value());
            } else {
                note(
                        draft.losses,
                        "untranslated-" + value.field(),
                        "On " + ticket.number() + " the " + value.field() + " is now: "
                                + shown(value.field(), value.value()),
                        "the " + value.field() + " can't be set here");
            }
        });
        merged.unmappedStates()
                .forEach(state -> draft.problems.add(
                        Problem.noMap(ticket.number() + ": " + SyncGaps.unmapped(profile, ticket.table(), state))));
    }

    /** A ticket's value as people see it. */
    private String shown(SyncField field, String value) {
        String column = SyncColumns.of(ticket.table(), field);
        return value.equals(record.value(column)) ? record.shown().getOrDefault(column, value) : value;
    }

    private void note(List<OwedNote> into, String what, String text, String reason) {
        String id = what + ":" + pair.version();
        if (carrying.isMissing(id)) {
            into.add(owed(id, text, reason));
        }
    }

    private OwedNote owed(String id, String text, String reason) {
        return new OwedNote(id, Texts.said(text, ticket.number(), carrying.reference(id)), reason);
    }

    /** What changed in Vision One, in words; of what is written there just now it is no news. */
    void sourceChanges() {
        Map<SyncField, String> now = SourceFields.of(finding);
        pair.agreement().fields().forEach((field, both) -> {
            String value = now.get(field);
            if (field == SyncField.FINDINGS
                    || SourceFields.isSeverity(field, finding.attributes())
                    || both.source() == null
                    || isSame(field, both.source(), value)
                    || draft.toSource.containsKey(field)) {
                return;
            }
            draft.lines.add(
                    field == SyncField.DESCRIPTION
                            ? "the description changed"
                            : change(field == SyncField.NAME ? "title" : field.toString(), both.source(), value));
        });
        if (pair.version() > 0) {
            Map<String, String> before = pair.agreement().attributes();
            Map<String, String> others = SourceFields.others(finding.attributes());
            TreeMap<String, String> names = new TreeMap<>(before);
            names.putAll(others);
            names.keySet().stream()
                    .filter(name -> !before.getOrDefault(name, "").equals(others.getOrDefault(name, "")))
                    .filter(name -> !(name.equals("findings") && draft.toSource.containsKey(SyncField.FINDINGS)))
                    .forEach(name -> draft.lines.add(
                            change(name, before.getOrDefault(name, ""), others.getOrDefault(name, ""))));
        }
    }

    /** A write whose answer was lost said it already. */
    boolean isSaid(String line) {
        return record.notes().stream()
                .filter(note -> References.endingOf(note.text())
                        .filter(pair.written()::contains)
                        .isPresent())
                .anyMatch(note -> plain(note.text()).contains(plain(line)));
    }

    private static String plain(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static boolean isSame(SyncField field, String one, String other) {
        return field == SyncField.NAME || field == SyncField.DESCRIPTION
                ? one.equals(other)
                : SyncMaps.isSame(one, other);
    }

    private static String change(String what, String before, String now) {
        return what + ": " + (before.isEmpty() ? "" : before + " -> ") + (now.isEmpty() ? "none" : now);
    }

    /** The columns that the case is told of, as they are now; of one that was not read, what it was told last. */
    Map<String, String> told() {
        Map<String, String> columns = new HashMap<>(pair.agreement().columns());
        COLUMNS.stream()
                .filter(record.values()::containsKey)
                .forEach(column -> columns.put(column, record.value(column)));
        return columns;
    }
}
