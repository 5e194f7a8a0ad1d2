package io.ticketbridge.sync;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlan.Problem;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans what brings one ticket and its case or alert into step: the merge of what both have, and the notes about what only
 * one of them has. A function of what both sides hold and what the ledger remembers; made for one plan.
 */
final class Planner {
    private final FlowSettings flow;
    private final ProfileSettings profile;
    private final Ticket ticket;
    private final Pair pair;
    private final Sourced sourced;
    private final Finding finding;
    private final TicketRecord record;
    private final String ticketUrl;
    private final long largestAttachment;
    private final Merged merged;
    private final Carrying carrying;
    private final PlanDraft draft;
    private final Telling telling;
    private final Closure closure;

    /** @param profile the ticket's, as it is set: for what is said of its lists */
    Planner(
            FlowSettings flow,
            ProfileSettings profile,
            Ticket ticket,
            Pair pair,
            Sourced sourced,
            TicketRecord record,
            String ticketUrl,
            long largestAttachment,
            Translation translation) {
        this.flow = flow;
        this.profile = profile;
        this.ticket = ticket;
        this.sourced = sourced;
        this.finding = sourced.finding().orElseThrow();
        this.pair = FirstMeeting.of(pair, ticket, finding, record, translation);
        this.record = record;
        this.ticketUrl = ticketUrl;
        this.largestAttachment = largestAttachment;
        this.merged = Merge.merge(
                this.pair.agreement().fields(),
                SourceFields.of(finding),
                record.fields(),
                translation,
                flow.owners(),
                writable(flow.source()));
        this.carrying = new Carrying(this.pair, ticket, sourced, record);
        this.draft = new PlanDraft(this.pair.agreement().fields(), merged);
        this.telling = new Telling(profile, ticket, this.pair, finding, record, carrying, draft);
        this.closure = new Closure(flow, this.pair, sourced, record, draft);
        closure.leaveAlone(translation);
    }

    /** What a source takes: of an alert its status and its result alone (vision-one.md, section 3.4). */
    private static Set<SyncField> writable(SourceKind source) {
        return source == SourceKind.VISION_ONE_ALERTS
                ? EnumSet.of(SyncField.STATUS, SyncField.FINDINGS)
                : EnumSet.allOf(SyncField.class);
    }

    SyncPlan plan() {
        draft.notes.addAll(carrying.toSource());
        boolean takesFiles = flow.source() != SourceKind.VISION_ONE_ALERTS;
        draft.notes.addAll(takesFiles ? carrying.largeFilesToSource() : carrying.filesThatStay());
        telling.link(ticketUrl);
        telling.columns();
        telling.emptied();
        telling.merge(merged);
        requireResult();
        requireNotes();
        telling.sourceChanges();
        List<Sourced.SourceFile> files = filesToTicket();
        String why = closure.why();
        draft.lines.removeIf(telling::isSaid);
        List<Note> carried = carrying.toTicket(
                Stream.of(draft.losses, draft.notes).flatMap(List::stream).toList());
        Action action = action(carried);
        boolean closedForGood = phase() == Phase.CLOSED;
        return new SyncPlan(
                closedForGood ? Action.NOTHING : action,
                closedForGood ? ticket.number() + " is closed for good" : reason(action, why, carried),
                closedForGood ? Map.of() : draft.toServiceNow,
                closedForGood ? List.of() : draft.lines,
                closedForGood ? List.of() : carried,
                closedForGood ? List.of() : files,
                draft.toSource,
                draft.toSource.isEmpty()
                        ? "it is linked with " + ticket.number()
                        : "changed on " + ticket.number() + ": " + String.join(", ", names(draft.toSource)),
                draft.losses,
                draft.notes,
                takesFiles ? carrying.filesToSource() : List.of(),
                carrying.carried(),
                agreement(closedForGood),
                finding.observedAt().equals(Instant.EPOCH) ? null : finding.observedAt(),
                draft.problems,
                Optional.empty());
    }

    /** An alert takes no status without a result: it stays as it is, and the ticket's profile is named. */
    private void requireResult() {
        if (merged.needsFindings() && flow.source() == SourceKind.VISION_ONE_ALERTS) {
            draft.toSource.remove(SyncField.STATUS);
            draft.putBase(SyncField.STATUS);
            draft.problems.add(Problem.noMap("an alert closes only with a result: give " + ticket.number()
                    + " a close code that ticketbridge.profile." + profile.name() + ".sync.findings.* knows"));
        }
    }

    /** What was noted there before stays owed. */
    private void requireNotes() {
        if (carrying.areNotesDropped() && phase() != Phase.CLOSED) {
            draft.problems.add(Problem.notTaken("ServiceNow drops what is written to work_notes of " + ticket.number()
                    + ": give the integration's user write access to " + ticket.table()
                    + ".work_notes, then replay: the notes follow, and after the next look this is over"));
        }
    }

    /** One that is too large for ServiceNow is not even read: the ticket is told of it. */
    private List<Sourced.SourceFile> filesToTicket() {
        List<Sourced.SourceFile> files = new ArrayList<>();
        for (Sourced.SourceFile file : carrying.filesToTicket()) {
            if (Carrying.fits(file.size(), largestAttachment)) {
                files.add(file);
            } else if (phase() != Phase.CLOSED) {
                draft.lines.add("a file that is too large for this ticket stays on the " + finding.check() + ": "
                        + file.name() + " (" + Texts.size(file.size()) + ")");
                carrying.remember(file.id());
            }
        }
        return files;
    }

    private Action action(List<Note> carried) {
        String status = draft.toServiceNow.get(SyncField.STATUS);
        if (status != null) {
            return status.equals(Closure.CLOSED) ? Action.RESOLVE : phase().isOver() ? Action.REOPEN : Action.UPDATE;
        }
        return draft.toServiceNow.isEmpty() && draft.lines.isEmpty() && carried.isEmpty()
                ? Action.NOTHING
                : Action.UPDATE;
    }

    private String reason(Action action, String why, List<Note> carried) {
        return switch (action) {
            case RESOLVE -> why;
            case REOPEN -> "the " + finding.check() + (wasClosed() ? " is open again" : stillOpen());
            case UPDATE ->
                draft.lines.isEmpty()
                        ? carried.isEmpty()
                                ? "the " + finding.check() + " has other values than the ticket"
                                : carried.size() + (carried.size() == 1 ? " new note" : " new notes") + " on the "
                                        + finding.check()
                        : String.join("; ", draft.lines);
            default -> "the " + finding.check() + " and " + ticket.number() + " are in step";
        };
    }

    private String stillOpen() {
        Side owner = flow.owners().get(SyncField.STATUS);
        return " is still open" + (owner == Side.VISION_ONE ? ", owner.status is " + owner : "");
    }

    private boolean wasClosed() {
        Both status = pair.agreement().fields().get(SyncField.STATUS);
        return status != null && Closure.CLOSED.equals(status.source());
    }

    private Phase phase() {
        return record.phase();
    }

    /** What could not be told to a ticket that is closed for good is not agreed on: should it come back, it is told then. */
    private Agreement agreement(boolean closedForGood) {
        if (closedForGood) {
            merged.toServiceNow().keySet().forEach(draft::putBase);
        }
        Map<String, String> attributes = SourceFields.others(finding.attributes());
        if (draft.toSource.containsKey(SyncField.FINDINGS)) {
            attributes.put("findings", draft.toSource.get(SyncField.FINDINGS));
        }
        return new Agreement(draft.agreed, closedForGood ? pair.agreement().attributes() : attributes, telling.told());
    }

    private static List<String> names(Map<SyncField, String> fields) {
        return fields.keySet().stream().map(SyncField::toString).toList();
    }
}
