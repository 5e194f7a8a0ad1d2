package io.ticketbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.ticket.TicketNote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final Instant AT = Instant.parse("2026-11-25T02:10:47Z");

    @Test
    void a_note_says_who_wrote_it_where_and_when_and_ends_with_its_reference() {
        assertThat(text("We looked\nat it"))
                .isEqualTo("Work note by beth.anglin on INC7, 2026-11-25 02:10:47 UTC:\nWe looked\nat it\n\n"
                        + "(ticketbridge tb-1)");
    }

    @Test
    void without_the_journals_table_the_time_is_the_one_that_is_shown() {
        TicketNote note = new TicketNote("1", false, "Beth Anglin", null, "24.11.2026 19:10", "Hello");

        assertThat(Texts.note(note, "INC7", "tb-1")).startsWith("Comment by Beth Anglin on INC7, 24.11.2026 19:10:\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\u00FC", "\u20AC", "\uD83D\uDE80", "\t"})
    void a_note_of_a_megabyte_is_cut_visibly_below_what_a_request_may_have(String letter) {
        String cut = text(letter.repeat(1_048_576 / letter.length()));

        String json = JsonNodeFactory.instance.objectNode().put("comment", cut).toString();
        assertThat(json.getBytes(StandardCharsets.UTF_8).length).isBetween(100_000, 1_000_000);
        assertThat(cut)
                .contains("[cut: the whole text of ")
                .contains("is on INC7")
                .endsWith("(ticketbridge tb-1)");
        assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .as("no half character")
                .isEqualTo(cut);
    }

    @Test
    void control_characters_are_left_out() {
        assertThat(text("a\u0000b\u001B[31mc")).contains("ab[31mc");
    }

    private static String text(String said) {
        return Texts.note(new TicketNote("1", true, "beth.anglin", AT, "", said), "INC7", "tb-1");
    }
}
