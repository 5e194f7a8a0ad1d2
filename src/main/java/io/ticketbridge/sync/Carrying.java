package io.ticketbridge.sync;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFile;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which notes and files the other side does not have yet. What ticketbridge wrote itself is told by its reference, and only
 * by one that it knows: a person may type anything (P25). A function of what both sides hold and what the ledger remembers.
 */
final class Carrying {
    /** A request to Vision One may have as many (vision-one.md, section 1.1). */
    private static final long MOST_BYTES = 900_000;

    private final Pair pair;
    private final String number;
    private final Sourced sourced;
    private final Finding finding;
    private final TicketRecord record;
    private final Set<String> carried = new HashSet<>();
    private final Set<String> ours = new HashSet<>();
    private final String journal;
    private final Set<String> noted;
    private final boolean notesDropped;

    Carrying(Pair pair, Ticket ticket, Sourced sourced, TicketRecord record) {
        this.pair = pair;
        this.number = ticket.number();
        this.sourced = sourced;
        this.finding = sourced.finding().orElseThrow();
        this.record = record;
        this.journal = record.notes().stream().map(TicketNote::text).collect(Collectors.joining("\n"));
        this.notesDropped = record.wholeJournal()
                && !ticket.sentFields().isEmpty()
                && pair.known().stream().noneMatch(journal::contains);
        this.noted = finding.notes().stream()
                .flatMap(note -> References.endingOf(note.text()).stream())
                .collect(Collectors.toSet());
        record.notes().forEach(note -> ours.add(reference(note.id())));
        record.files().forEach(file -> ours.add(reference(file.sysId())));
        pair.carried().forEach(id -> ours.add(reference(id)));
        pair.sending().forEach(id -> ours.add(reference(id)));
    }

    /** Ids of what was found to be on the other side already. */
    List<String> carried() {
        return List.copyOf(carried);
    }

    /** It is as good as on the other side. */
    void remember(String id) {
        carried.add(id);
    }

    String reference(String id) {
        return References.of(pair.groupId(), pair.generation(), id);
    }

    /** What people wrote on the ticket and the case does not have yet. */
    List<OwedNote> toSource() {
        List<OwedNote> owed = new ArrayList<>();
        for (TicketNote note : record.notes()) {
            if (isOurs(note)) {
                if (pair.version() == 0) {
                    carried.add(note.id());
                }
            } else if (!note.text().isBlank() && isMissing(note.id())) {
                owed.add(new OwedNote(
                        note.id(),
                        Texts.note(note, number, reference(note.id())),
                        (note.internal() ? "a work note" : "a comment") + " on " + number));
            }
        }
        return owed;
    }

    private boolean isOurs(TicketNote note) {
        return References.endingOf(note.text())
                .filter(reference -> pair.version() == 0 || pair.known().contains(reference))
                .isPresent();
    }

    /** Whether the case lacks what bears this id; if it has it, that is remembered. */
    boolean isMissing(String id) {
        if (pair.carried().contains(id)) {
            return false;
        }
        if (noted.contains(reference(id))) {
            carried.add(id);
            return false;
        }
        return true;
    }

    /**
     * Whether ServiceNow drops work notes silently, as it does where the user may not write them: each write of ours has one, and
     * the ticket has not one of them.
     */
    boolean areNotesDropped() {
        return notesDropped;
    }

    /** What people wrote on the case and the ticket does not have yet. */
    List<Note> toTicket(List<OwedNote> owed) {
        owed.forEach(note -> ours.add(reference(note.id())));
        List<Note> missing = new ArrayList<>();
        for (Note note : finding.notes()) {
            if (isOurs(References.endingOf(note.text())) || note.text().isBlank()) {
                continue;
            }
            if (pair.carried().contains(note.id()) && !notesDropped) {
                edited(note).ifPresent(missing::add);
            } else if (isTold(note)) {
                carried.addAll(Editions.of(note));
            } else {
                missing.add(note);
            }
        }
        return missing;
    }

    /** A note that was edited after it was carried, as the ticket is to be told of it. */
    private Optional<Note> edited(Note note) {
        if (Editions.isUnknown(note, pair.carried())) {
            carried.addAll(Editions.of(note));
        }
        Optional<Note> edited = Editions.edited(note, pair.carried());
        if (edited.filter(this::isTold).isPresent()) {
            carried.add(edited.get().id());
            return Optional.empty();
        }
        return edited;
    }

    private boolean isTold(Note note) {
        return journal.contains("[" + reference(note.id()) + "]");
    }

    private boolean isOurs(Optional<String> reference) {
        return reference
                .filter(known -> pair.version() == 0 || ours.contains(known))
                .isPresent();
    }

    /** What Vision One takes. */
    List<TicketFile> filesToSource() {
        return missingFiles().filter(file -> fits(file.size(), MOST_BYTES)).toList();
    }

    /** A file is held in memory while it is carried, so one that would be refused is not even read: a note stands for it. */
    List<OwedNote> largeFilesToSource() {
        return missingFiles()
                .filter(file -> !fits(file.size(), MOST_BYTES))
                .map(file -> new OwedNote(
                        file.sysId(),
                        Texts.largeFile(file, number, reference(file.sysId())),
                        "a file on " + number + " that is too large for Vision One"))
                .toList();
    }

    /** An alert takes none: it is told of each. */
    List<OwedNote> filesThatStay() {
        return missingFiles()
                .map(file -> new OwedNote(
                        file.sysId(),
                        Texts.fileThatStays(file, number, reference(file.sysId())),
                        "a file on " + number + ", and an alert takes none"))
                .toList();
    }

    static boolean fits(long size, long most) {
        return size >= 0 && size <= most;
    }

    private Stream<TicketFile> missingFiles() {
        return record.files().stream()
                .filter(file -> !TicketFile.isOfDeliveries(file.name()) && !isOursByName(file))
                .filter(file -> isMissing(file.sysId()));
    }

    /** A file of the case bears its reference in its name on the ticket. */
    private boolean isOursByName(TicketFile file) {
        return file.name().contains(".tb-")
                && Stream.of(
                                sourced.files().stream().map(Sourced.SourceFile::id),
                                pair.carried().stream(),
                                pair.sending().stream())
                        .flatMap(ids -> ids)
                        .anyMatch(id -> file.name().contains("." + reference(id)));
    }

    List<Sourced.SourceFile> filesToTicket() {
        return sourced.files().stream()
                .filter(file -> !pair.carried().contains(file.id()) && !isOurs(file.reference()))
                .filter(file -> {
                    boolean there = record.files().stream()
                            .anyMatch(attached -> attached.name().contains("." + reference(file.id())));
                    if (there) {
                        carried.add(file.id());
                    }
                    return !there;
                })
                .toList();
    }
}
