package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.finding.Note;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.References;
import io.ticketbridge.ticket.Ticket;
import io.ticketbridge.ticket.TicketNote;
import io.ticketbridge.ticket.TicketRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ticket of a case is told, and by what that is found again (P15, P25). */
class WorkNotesTest {
    private static final String OURS = "\n\n(ticketbridge tb-0123456789abc)";
    private static final Findings CASE =
            Findings.of("case", "CL-1").attributes(Map.of("case", "CL-1", "status", "In-progress", "priority", "P2"));

    private final DeliveryWorld world = new DeliveryWorld(Map.of(
            "source",
            "vision-one-cases",
            "vision-one.url",
            "https://api.xdr.trendmicro.com",
            "vision-one.token",
            "token"));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_opening_says_what_no_column_does_and_carries_what_people_noted() {
        Finding finding = CASE.notes(
                        new Note("n1", "ann", Instant.EPOCH, "look here"),
                        new Note("n2", "", Instant.EPOCH, "carried over" + OURS))
                .finding();
        world.ledger.scan(finding);

        Map<String, String> sent = world.draft(world.intended(finding, Action.OPEN, "no ticket yet"));

        UUID group = world.ledger.groupOf(finding);
        assertThat(sent.get("work_notes"))
                .isEqualTo("At the source:\n- case: CL-1\n- priority: P2\n- status: In-progress\n\n"
                        + "Note by ann, 1970-01-01 00:00:00 UTC:\nlook here\n["
                        + References.of(group, 1, "n1") + "]\n\n"
                        + References.ending(References.ofOpening(Ticket.correlationId(group, 1))));
    }

    @Test
    void a_case_that_is_worked_on_opens_a_ticket_that_is() {
        world.ledger.scan(CASE.finding());

        assertThat(world.draft(world.intended(CASE.finding(), Action.OPEN, "no ticket yet")))
                .containsEntry("state", "2");
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "- priority: P3 -> P2, - priority: P3 -> P2, true",
        "- priority: P3 -> P2, - priority: P2 -> P1, false",
        "- priority: P3 -> P2, - status: Open -> Closed;- priority: P3 -> P2, true",
        "- priority: P3 -> P2;- owner: ann, - priority: P3 -> P2, false",
        "- priority: P3 -> P2, '- priority: P3 -> P2|- owner: ann', false",
        "- priority: P3 -> P2, , false"
    })
    void a_note_is_repeated_if_our_last_one_says_all_of_it(String note, String before, boolean repeated) {
        List<TicketNote> notes = before == null
                ? List.of()
                : Stream.concat(
                                Stream.of(before.split("\\|")).map(each -> each.replace(";", "\n\n") + OURS),
                                Stream.of("- priority: P3 -> P2, says a person"))
                        .map(text -> new TicketNote("1", true, "tb", Instant.EPOCH, "", text))
                        .toList();
        TicketRecord record =
                new TicketRecord(true, Phase.OPEN, Map.of(), Map.of(), Map.of(), notes, false, List.of(), "mark");

        assertThat(WorkNotes.isRepeated(note.replace(";", "\n") + "\n\n(ticketbridge tb-fedcba9876543)", record))
                .isEqualTo(repeated);
    }
}
