package io.ticketbridge.sync;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.OnIdleClosure;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.config.SyncGaps;
import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Side;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncColumns;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Plans what brings one ticket and its case or alert into step: the merge of what both have, and the notes about what only
 * one of them has. A function of what both sides hold and what the ledger remembers; made for one plan.
 */
final class Planner {
    /** Vision One closes what nobody touched for 60 days, each midnight (vision-one.md, section 2.9). */
    private static final Duration IDLE = Duration.ofDays(60);

    private static final String CLOSED = "Closed";
    private static final List<String> TOLD_COLUMNS = List.of("assigned_to", "close_notes");

    private final FlowSettings flow;
    private final Ticket ticket;
    private final Pair pair;
    private final Sourced sourced;
    private final Finding finding;
    private final TicketRecord record;
    private final String ticketUrl;
    private final long largestAttachment;
    private final Merged merged;
    private final Carrying carrying;
    private final List<String> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<OwedNote> losses = new ArrayList<>();
    private final List<OwedNote> notes = new ArrayList<>();
    private final Map<SyncField, String> toServiceNow = new EnumMap<>(SyncField.class);
    private final Map<SyncField, String> toSource = new EnumMap<>(SyncField.class);
    private final Map<SyncField, Both> agreed;

    Planner(
            FlowSettings flow,
            Ticket ticket,
            Pair pair,
            Sourced sourced,
            TicketRecord record,
            String ticketUrl,
            long largestAttachment,
            Translation translation) {
        this.flow = flow;
        this.ticket = ticket;
        this.pair = pair;
        this.sourced = sourced;
        this.finding = sourced.finding().orElseThrow();
        this.record = record;
        this.ticketUrl = ticketUrl;
        this.largestAttachment = largestAttachment;
        this.merged = Merge.merge(
                pair.agreement().fields(),
                SourceFields.of(finding),
                record.fields(),
                translation,
                flow.owners(),
                writable(flow.source()));
        this.carrying = new Carrying(pair, ticket.number(), sourced, record);
        this.agreed = new EnumMap<>(merged.agreed());
        toServiceNow.putAll(merged.toServiceNow());
        toSource.putAll(merged.toVisionOne());
        if (wasLeftOpen(translation)
                && CLOSED.equals(sourced.finding().orElseThrow().attributes().get("status"))
                && toSource.containsKey(SyncField.STATUS)
                && !CLOSED.equals(toSource.get(SyncField.STATUS))) {
            // Somebody picks up a ticket that was only left open: no news to the case, which is closed for all that.
            toSource.remove(SyncField.STATUS);
            agreed.put(SyncField.STATUS, new Both(CLOSED, record.fields().get(SyncField.STATUS)));
        }
    }

    /** Whether both sides agreed on a closed case whose ticket stays open: resolve-when-fixed is off, or it was idle. */
    private boolean wasLeftOpen(Translation translation) {
        Both status = pair.agreement().fields().get(SyncField.STATUS);
        return status != null
                && CLOSED.equals(status.source())
                && !translation.agrees(SyncField.STATUS, CLOSED, status.ticket());
    }

    /** What a source takes: of an alert its status and its result alone (vision-one.md, section 3.4). */
    private static Set<SyncField> writable(SourceKind source) {
        return source == SourceKind.VISION_ONE_ALERTS
                ? EnumSet.of(SyncField.STATUS, SyncField.FINDINGS)
                : EnumSet.allOf(SyncField.class);
    }

    SyncPlan plan() {
        notes.addAll(carrying.toSource());
        boolean takesFiles = flow.source() != SourceKind.VISION_ONE_ALERTS;
        if (takesFiles) {
            notes.addAll(carrying.largeFilesToSource());
        }
        link();
        tellColumns();
        tellMerge();
        tellSourceChanges();
        List<Sourced.SourceFile> files = filesToTicket();
        String why = closure();
        lines.removeIf(this::isSaid);
        List<Note> carried =
                carrying.toTicket(Stream.of(losses, notes).flatMap(List::stream).toList());
        Action action = action(carried, files);
        boolean closedForGood = phase() == Phase.CLOSED;
        return new SyncPlan(
                closedForGood ? Action.NOTHING : action,
                closedForGood ? ticket.number() + " is closed for good" : reason(action, why, carried, files),
                closedForGood ? Map.of() : toServiceNow,
                closedForGood ? List.of() : lines,
                closedForGood ? List.of() : carried,
                closedForGood ? List.of() : files,
                toSource,
                toSource.isEmpty()
                        ? "it is linked with " + ticket.number()
                        : "changed on " + ticket.number() + ": " + String.join(", ", names(toSource)),
                losses,
                notes,
                takesFiles ? carrying.filesToSource() : List.of(),
                carrying.carried(),
                agreement(closedForGood),
                finding.observedAt(),
                problems,
                Optional.empty());
    }

    /** One that is too large for ServiceNow is not even read: the ticket is told of it. */
    private List<Sourced.SourceFile> filesToTicket() {
        List<Sourced.SourceFile> files = new ArrayList<>();
        for (Sourced.SourceFile file : carrying.filesToTicket()) {
            if (Carrying.fits(file.size(), largestAttachment)) {
                files.add(file);
            } else if (phase() != Phase.CLOSED) {
                lines.add("a file that is too large for this ticket stays on the " + finding.check() + ": "
                        + file.name() + " (" + Texts.size(file.size()) + ")");
                carrying.remember(file.id());
            }
        }
        return files;
    }

    /** The case is told of its ticket, once. */
    private void link() {
        if (carrying.isMissing("link")) {
            notes.add(owed(
                    "link",
                    "ServiceNow ticket " + ticket.number() + ": " + ticketUrl,
                    ticket.number() + " was opened for it"));
        }
    }

    /** What Vision One has no field for arrives as a note for each change (P23). */
    private void tellColumns() {
        Map<String, String> told = pair.agreement().columns();
        for (String column : TOLD_COLUMNS) {
            String now = record.value(column);
            if (now.equals(told.getOrDefault(column, pair.version() == 0 ? now : ""))) {
                continue;
            }
            String text = column.equals("assigned_to")
                    ? now.isEmpty()
                            ? ticket.number() + " is assigned to nobody now"
                            : ticket.number() + " is assigned to "
                                    + record.shown().getOrDefault(column, now) + " now"
                    : "Close notes of " + ticket.number() + ": " + now;
            if (!(column.equals("close_notes") && now.isBlank())) {
                note(notes, column, text, column + " changed on " + ticket.number());
            }
        }
    }

    private void tellMerge() {
        merged.overruled().forEach(lost -> {
            if (lost.loser() == Side.VISION_ONE) {
                note(
                        losses,
                        "overruled-" + lost.field(),
                        "Both sides changed the " + lost.field() + "; " + ticket.number()
                                + " owns it and has the last word. Here it was: " + lost.value(),
                        "both sides changed the " + lost.field());
            } else {
                lines.add("both sides changed the " + lost.field()
                        + "; Vision One owns it and has the last word. Here it was: "
                        + shown(lost.field(), lost.value()));
            }
        });
        merged.untranslated().forEach(value -> {
            if (value.from() == Side.VISION_ONE) {
                lines.add("the " + value.field() + ", which the ticket can't take: " + value.value());
            } else {
                note(
                        losses,
                        "untranslated-" + value.field(),
                        "On " + ticket.number() + " the " + value.field() + " is now: "
                                + shown(value.field(), value.value()),
                        "the " + value.field() + " can't be set here");
            }
        });
        merged.unmappedStates()
                .forEach(state -> problems.add(ticket.number() + ": " + SyncGaps.unmapped(ticket.profile(), state)));
        if (merged.needsFindings() && flow.source() == SourceKind.VISION_ONE_ALERTS) {
            toSource.remove(SyncField.STATUS);
            putBase(SyncField.STATUS);
            problems.add("an alert closes only with a result: give " + ticket.number()
                    + " a close code that ticketbridge.profile." + ticket.profile() + ".sync.findings.* knows");
        }
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
    private void tellSourceChanges() {
        Map<SyncField, String> now = SourceFields.of(finding);
        pair.agreement().fields().forEach((field, both) -> {
            String value = now.get(field);
            if (field == SyncField.FINDINGS
                    || both.source() == null
                    || isSame(field, both.source(), value)
                    || toSource.containsKey(field)) {
                return;
            }
            lines.add(
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
                    .filter(name -> !(name.equals("findings") && toSource.containsKey(SyncField.FINDINGS)))
                    .forEach(name ->
                            lines.add(change(name, before.getOrDefault(name, ""), others.getOrDefault(name, ""))));
        }
    }

    /** A write whose answer was lost said it already. */
    private boolean isSaid(String line) {
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

    /** @return why the ticket is closed, if it is; not every closure of a case is a fix (P27) */
    private String closure() {
        if (!CLOSED.equals(toServiceNow.get(SyncField.STATUS))) {
            return "";
        }
        if (wasIdle()) {
            String cause = "Vision One closed the " + finding.check()
                    + " after 60 days without activity; nobody said that it is fixed";
            if (flow.onIdleClosure() == OnIdleClosure.COMMENT) {
                leaveOpen(cause + ". The ticket stays open");
            }
            return cause;
        }
        if (!flow.resolveWhenFixed()) {
            leaveOpen("the " + finding.check() + " was closed; resolve-when-fixed is off, so the ticket stays open");
        }
        String findings = finding.attributes().getOrDefault("findings", "");
        return "The " + finding.check() + " was closed in Vision One"
                + (findings.isEmpty() ? "" : ", findings: " + findings);
    }

    private void leaveOpen(String line) {
        lines.add(line);
        toServiceNow.remove(SyncField.STATUS);
        toServiceNow.remove(SyncField.FINDINGS);
        agreed.put(SyncField.STATUS, new Both(CLOSED, record.fields().get(SyncField.STATUS)));
        // What was found is told when the ticket is closed.
        putBase(SyncField.FINDINGS);
    }

    private boolean wasIdle() {
        Both findings = pair.agreement().fields().get(SyncField.FINDINGS);
        return sourced.closedAt() != null
                && pair.sourceUpdatedAt() != null
                && !sourced.closedAt().isBefore(pair.sourceUpdatedAt().plus(IDLE))
                && (findings == null
                        || SyncMaps.isSame(
                                findings.source(), SourceFields.of(finding).get(SyncField.FINDINGS)));
    }

    private Action action(List<Note> carried, List<Sourced.SourceFile> files) {
        String status = toServiceNow.get(SyncField.STATUS);
        if (status != null) {
            return status.equals(CLOSED) ? Action.RESOLVE : phase().isOver() ? Action.REOPEN : Action.UPDATE;
        }
        return toServiceNow.isEmpty() && lines.isEmpty() && carried.isEmpty() ? Action.NOTHING : Action.UPDATE;
    }

    private String reason(Action action, String why, List<Note> carried, List<Sourced.SourceFile> files) {
        return switch (action) {
            case RESOLVE -> why;
            case REOPEN -> "the " + finding.check() + " is open again";
            case UPDATE ->
                lines.isEmpty()
                        ? carried.isEmpty()
                                ? "the " + finding.check() + " has other values than the ticket"
                                : carried.size() + (carried.size() == 1 ? " new note" : " new notes") + " on the "
                                        + finding.check()
                        : String.join("; ", lines);
            default -> "the " + finding.check() + " and " + ticket.number() + " are in step";
        };
    }

    private Phase phase() {
        return record.phase();
    }

    private void putBase(SyncField field) {
        Both base = pair.agreement().fields().get(field);
        if (base == null) {
            agreed.remove(field);
        } else {
            agreed.put(field, base);
        }
    }

    /** What could not be told to a ticket that is closed for good is not agreed on: should it come back, it is told then. */
    private Agreement agreement(boolean closedForGood) {
        if (closedForGood) {
            merged.toServiceNow().keySet().forEach(this::putBase);
        }
        Map<String, String> attributes = SourceFields.others(finding.attributes());
        if (toSource.containsKey(SyncField.FINDINGS)) {
            attributes.put("findings", toSource.get(SyncField.FINDINGS));
        }
        Map<String, String> columns = new HashMap<>();
        TOLD_COLUMNS.forEach(column -> columns.put(column, record.value(column)));
        return new Agreement(agreed, closedForGood ? pair.agreement().attributes() : attributes, columns);
    }

    private static List<String> names(Map<SyncField, String> fields) {
        return fields.keySet().stream().map(SyncField::toString).toList();
    }
}
