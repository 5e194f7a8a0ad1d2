package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ticket.TicketNote;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalReaderTest {
    private static final List<Map<String, Object>> TABLE = List.of(
            row("work_notes", "A look\nof two lines", "2026-11-25 03:00:00"),
            row("comments", "A word", "2026-11-25 03:00:01"),
            row("work_notes", "A look\nof two lines", "2026-11-25 03:00:02"));

    private static Map<String, Object> row(String element, String text, String at) {
        return Map.of("element", element, "value", text, "sys_created_on", at, "sys_created_by", "beth.anglin");
    }

    @Test
    void what_the_record_shows_is_taken_apart_oldest_first() {
        List<TicketNote> notes = JournalReader.entries(
                List.of(),
                "2026-11-25 03:00:02 - Beth Anglin (Work notes)\nAnother look\n\n"
                        + "2026-11-25 03:00:00 - Beth Anglin (Work notes)\nA look\nof two lines\n\n",
                "");

        assertThat(notes).extracting(TicketNote::text).containsExactly("A look\nof two lines", "Another look");
        assertThat(notes).extracting(TicketNote::author).containsOnly("Beth Anglin");
    }

    @Test
    void a_line_that_looks_like_a_header_splits_no_note() {
        String note = "Found:\n2026-11-20 10:00:12 - John Doe (Work notes)\nPasted\n\n"
                + "Root cause - service restarted (done)\n\n11/20/2026 10:00 - John Doe (Work notes)\nAnother form";

        List<TicketNote> notes = JournalReader.entries(
                List.of(),
                "2026-11-25 03:00:02 - Beth Anglin (Work notes)\n" + note + "\n\n"
                        + "2026-11-25 03:00:00 - Beth Anglin (Work notes)\nA look\n\n",
                "");

        assertThat(notes).extracting(TicketNote::text).containsExactly("A look", note);
        assertThat(notes).extracting(TicketNote::author).containsOnly("Beth Anglin");
    }

    @Test
    void an_entry_that_is_quoted_in_a_note_of_ours_does_not_split_it() {
        String ours =
                "Note by ann, 2026-11-25 01:00:00 UTC:\nLook:\n\n2026-11-20 10:00:12 - John Doe (Work notes)\nPasted"
                        + "\n\n2026-11-20 10:00:11 - John Doe (Work notes)\nMore\n[tb-0123456789abc]\n\n(ticketbridge tb-0123456789abd)";

        List<TicketNote> notes = JournalReader.entries(
                List.of(),
                "2026-11-25 03:00:02 - Bridge (Work notes)\n" + ours + "\n\n"
                        + "2026-11-25 03:00:00 - Beth Anglin (Work notes)\nA look\n\n",
                "");

        assertThat(notes).extracting(TicketNote::text).containsExactly("A look", ours);
    }

    @Test
    void a_persons_note_that_quotes_the_head_of_one_of_ours_stays_hers_and_ours_stays_whole() {
        String hers = "Note by ann, 2026-11-25 01:00:00 UTC:\nLook at this host\n\nDone, host is isolated.";
        String ours = "Note by ann, 2026-11-25 01:00:00 UTC:\nLook at this host\n\n"
                + "2026-11-20 10:00:12 - John Doe (Work notes)\nNote by bob, 2026-11-19 01:00:00 UTC:\nPasted"
                + "\n[tb-0123456789abb]\n\n(ticketbridge tb-0123456789abc)\n[tb-0123456789abd]"
                + "\n\n(ticketbridge tb-0123456789abe)";
        String first = "Note by ann, 2026-11-24 01:00:00 UTC:\nHello\n[tb-0123456789abf]"
                + "\n\n(ticketbridge tb-0123456789ab0)";

        List<TicketNote> notes = JournalReader.entries(
                List.of(),
                "2026-11-25 03:00:04 - Beth Anglin (Work notes)\n" + hers + "\n\n"
                        + "2026-11-25 03:00:02 - Dan Cole (Work notes)\nA look\n\n"
                        + "2026-11-25 03:00:01 - Bridge (Work notes)\n" + ours + "\n\n"
                        + "2026-11-25 03:00:00 - Bridge (Work notes)\n" + first + "\n\n",
                "");

        assertThat(notes).extracting(TicketNote::text).containsExactly(first, ours, "A look", hers);
    }

    @Test
    void an_entry_has_the_same_id_whichever_way_it_is_read_and_in_whatever_zone_it_is_shown() {
        List<TicketNote> shown = JournalReader.entries(
                List.of(),
                "11/24/2026 07:00:02 PM - Beth Anglin (Arbeitsnotizen)\nA look\nof two lines\n\n"
                        + "11/24/2026 07:00:00 PM - Beth Anglin (Arbeitsnotizen)\nA look\r\nof two lines\n\n",
                "11/24/2026 07:00:01 PM - Beth Anglin (Kommentare)\nA word\n\n");

        assertThat(shown)
                .extracting(TicketNote::id)
                .containsExactlyInAnyOrderElementsOf(JournalReader.entries(TABLE, "", "").stream()
                        .map(TicketNote::id)
                        .toList())
                .doesNotHaveDuplicates();
    }
}
