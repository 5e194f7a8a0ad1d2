package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Editions;
import io.ticketbridge.ticket.Pair;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Sourced;
import io.ticketbridge.ticket.Sourced.SourceFile;
import io.ticketbridge.ticket.SyncPlan.OwedNote;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketFile;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A note or a file crosses once, and never comes back (P15, P25). */
class CarryingTest {
    private static final UUID GROUP = new UUID(7, 7);
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final String UNKNOWN = "tb-0123456789abc";

    private final List<TicketNote> onTicket = new ArrayList<>();
    private final List<Note> onCase = new ArrayList<>();
    private final List<TicketFile> attached = new ArrayList<>();
    private final List<SourceFile> hung = new ArrayList<>();
    private final Set<String> carried = new HashSet<>();
    private final Set<String> sending = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private long version = 3;

    private Carrying carrying() {
        Ticket ticket = new Ticket(
                GROUP,
                1,
                "cases",
                "incident",
                "incident",
                "tb",
                "a1b2",
                "INC7",
                "1",
                Phase.OPEN,
                false,
                AT,
                null,
                Map.of(),
                null);
        Pair pair = new Pair(
                GROUP,
                1,
                new Agreement(Map.of(), Map.of(), Map.of()),
                version,
                "",
                AT,
                Optional.empty(),
                carried,
                sending,
                known,
                Set.of());
        Sourced sourced = new Sourced(
                Optional.of(Findings.of("case", "C-1")
                        .notes(onCase.toArray(Note[]::new))
                        .finding()),
                "",
                "",
                null,
                hung);
        return new Carrying(
                pair,
                ticket,
                sourced,
                new TicketRecord(true, Phase.OPEN, Map.of(), Map.of(), Map.of(), onTicket, true, attached, "mark"));
    }

    private static String reference(String id) {
        return References.of(GROUP, 1, id);
    }

    private static String endingWith(String reference) {
        return "look here\n" + References.ending(reference);
    }

    private void onTicket(String id, String text) {
        onTicket.add(new TicketNote(id, true, "bob", AT, "", text));
    }

    private void onCase(String id, String text) {
        onCase.add(new Note(id, "ann", AT, text));
    }

    private void attached(String id, String name, long size) {
        attached.add(new TicketFile(id, name, "text/plain", size, "bob", AT));
    }

    private List<String> toSource() {
        return carrying().toSource().stream().map(OwedNote::id).toList();
    }

    private List<String> toTicket() {
        return carrying().toTicket(List.of()).stream().map(Note::id).toList();
    }

    private List<String> filesToSource() {
        return carrying().filesToSource().stream().map(TicketFile::sysId).toList();
    }

    @ParameterizedTest
    @CsvSource({"true, a work note on INC7, Work note by bob", "false, a comment on INC7, Comment by bob"})
    void what_people_write_on_the_ticket_reaches_the_case_with_its_reference(
            boolean internal, String reason, String beginning) {
        onTicket.add(new TicketNote("t1", internal, "bob", AT, "", "look here"));

        assertThat(carrying().toSource()).singleElement().satisfies(owed -> {
            assertThat(owed.id()).isEqualTo("t1");
            assertThat(owed.reason()).isEqualTo(reason);
            assertThat(owed.text())
                    .startsWith(beginning)
                    .contains("look here")
                    .endsWith(References.ending(reference("t1")));
        });
    }

    @Test
    void what_was_carried_to_the_case_is_not_carried_again() {
        onTicket("t1", "look here");
        carried.add("t1");

        assertThat(toSource()).isEmpty();
    }

    @Test
    void what_the_case_has_though_its_answer_was_lost_is_remembered() {
        onTicket("t1", "look here");
        onCase("c1", endingWith(reference("t1")));
        Carrying carrying = carrying();

        assertThat(carrying.toSource()).isEmpty();
        assertThat(carrying.carried()).containsExactly("t1");
    }

    @Test
    void our_own_note_on_the_ticket_is_no_news_and_one_that_only_looks_like_it_is() {
        known.add(reference("w1"));
        onTicket("t1", endingWith(reference("w1")));
        onTicket("t2", endingWith(UNKNOWN));
        onTicket("t3", " ");

        assertThat(toSource()).containsExactly("t2");
    }

    @Test
    void at_the_first_meeting_whatever_bears_a_reference_is_ours() {
        version = 0;
        onTicket("t1", endingWith(UNKNOWN));
        onCase("c1", endingWith(UNKNOWN));
        Carrying carrying = carrying();

        assertThat(carrying.toSource()).isEmpty();
        assertThat(carrying.toTicket(List.of())).isEmpty();
        assertThat(carrying.carried()).containsExactly("t1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"its note", "its file", "carried", "sending", "owed now"})
    void what_came_from_the_ticket_does_not_go_back(String from) {
        onCase("c1", endingWith(reference("x")));
        List<OwedNote> owed = new ArrayList<>();
        switch (from) {
            case "its note" -> onTicket("x", "look here");
            case "its file" -> attached("x", "a.txt", 1);
            case "carried" -> carried.add("x");
            case "sending" -> sending.add("x");
            default -> owed.add(new OwedNote("x", "", ""));
        }

        assertThat(carrying().toTicket(owed)).isEmpty();
    }

    @Test
    void what_people_write_on_the_case_reaches_the_ticket_also_with_a_reference_that_they_typed() {
        onCase("c1", "look here");
        onCase("c2", endingWith(UNKNOWN));
        onCase("c3", " ");

        assertThat(toTicket()).containsExactly("c1", "c2");
    }

    @Test
    void what_the_ticket_was_told_though_its_answer_was_lost_is_remembered() {
        onCase("c1", "look here");
        onTicket("w1", "Note by ann:\nlook here\n[" + reference("c1") + "]");
        Carrying carrying = carrying();

        assertThat(carrying.toTicket(List.of())).isEmpty();
        assertThat(carrying.carried()).containsExactlyInAnyOrderElementsOf(Editions.of(onCase.get(0)));
    }

    @Test
    void of_a_note_that_was_carried_before_edits_were_told_apart_this_is_the_first_text() {
        onCase("c1", "look here");
        carried.add("c1");
        Carrying carrying = carrying();

        assertThat(carrying.toTicket(List.of())).isEmpty();
        assertThat(carrying.carried()).containsExactlyInAnyOrderElementsOf(Editions.of(onCase.get(0)));
    }

    @Test
    void an_edit_is_told_once_also_where_its_answer_was_lost() {
        onCase("c1", "look there");
        carried.addAll(Editions.of(new Note("c1", "ann", AT, "look here")));
        Note edited = carrying().toTicket(List.of()).get(0);
        assertThat(edited.text()).isEqualTo("(edited) look there");
        assertThat(carrying().carried()).isEmpty();

        onTicket("w1", "Note by ann:\n(edited) look there\n[" + reference(edited.id()) + "]");
        Carrying carrying = carrying();
        assertThat(carrying.toTicket(List.of())).isEmpty();
        assertThat(carrying.carried()).containsExactly(edited.id());
    }

    @Test
    void a_persons_file_reaches_the_case_once() {
        attached("f1", "notes.txt", 5);
        assertThat(filesToSource()).containsExactly("f1");

        carried.add("f1");
        assertThat(filesToSource()).isEmpty();
        carried.clear();
        onCase("c1", endingWith(reference("f1")));
        Carrying carrying = carrying();
        assertThat(carrying.filesToSource()).isEmpty();
        assertThat(carrying.carried()).containsExactly("f1");
    }

    @Test
    void what_deliveries_attach_and_what_the_case_brought_is_no_persons_file() {
        attached("f1", "failing-resources-v17-2.csv", 5);
        attached("f2", "screenshot." + reference("s1") + ".jpg", 5);
        attached("f3", "screenshot." + reference("s2") + ".jpg", 5);
        attached("f4", "screenshot." + reference("s3") + ".jpg", 5);
        attached("f5", "screenshot." + UNKNOWN + ".jpg", 5);
        hung.add(new SourceFile("s1", "screenshot.jpg", 5, Optional.empty()));
        carried.add("s2");
        sending.add("s3");

        assertThat(filesToSource()).containsExactly("f5");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "900000, true", "900001, false", "-1, false"})
    void a_file_that_vision_one_would_refuse_is_told_instead(long size, boolean fits) {
        attached("f1", "notes.txt", size);

        assertThat(filesToSource()).hasSize(fits ? 1 : 0);
        assertThat(carrying().largeFilesToSource()).hasSize(fits ? 0 : 1);
        assertThat(carrying().filesThatStay()).hasSize(1);
    }

    @Test
    void a_file_of_the_case_reaches_the_ticket_once_and_one_of_the_ticket_does_not_go_back() {
        hung.add(new SourceFile("s1", "a.jpg", 5, Optional.empty()));
        hung.add(new SourceFile("s2", "b.jpg", 5, Optional.of(UNKNOWN)));
        hung.add(new SourceFile("s3", "c.jpg", 5, Optional.empty()));
        hung.add(new SourceFile("s4", "d.jpg", 5, Optional.of(reference("f1"))));
        hung.add(new SourceFile("s5", "e.jpg", 5, Optional.empty()));
        carried.add("s3");
        attached("f1", "d.jpg", 5);
        attached("f2", "e." + reference("s5") + ".jpg", 5);
        Carrying carrying = carrying();

        assertThat(carrying.filesToTicket()).extracting(SourceFile::id).containsExactly("s1", "s2");
        assertThat(carrying.carried()).containsExactly("s5");
    }
}
