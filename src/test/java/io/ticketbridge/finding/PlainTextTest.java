package io.ticketbridge.finding;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void one_line_stays_one_line() {
        assertThat(PlainText.oneLine(" a\r\nb\tc\0d\u2028e\u2029f\u001B[31m ")).isEqualTo("a b c d e f [31m");
    }

    @Test
    void several_lines_keep_breaks_and_tabs() {
        assertThat(PlainText.lines("a\n\tb\r\n\0c\u0007")).isEqualTo("a\n\tb\nc");
    }

    @Test
    void a_cut_is_visible_and_never_inside_a_character() {
        assertThat(PlainText.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(PlainText.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(PlainText.cut("abc\uD83D\uDE00def", 5)).isEqualTo("abc…");
        assertThat(PlainText.cut("ab\uD83D\uDE00def", 5)).isEqualTo("ab\uD83D\uDE00…");
    }

    @Property(tries = 500)
    void a_cut_fits(@ForAll String text, @ForAll @IntRange(min = 2, max = 50) int longest) {
        String cut = PlainText.cut(text, longest);

        assertThat(cut).hasSizeLessThanOrEqualTo(longest);
        if (text.length() > longest) {
            assertThat(cut).endsWith("…");
            assertThat(text).startsWith(cut.substring(0, cut.length() - 1));
        } else {
            assertThat(cut).isEqualTo(text);
        }
    }
}
