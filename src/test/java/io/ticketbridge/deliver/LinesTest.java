package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void one_line_stays_one_line() {
        assertThat(Lines.one(" a\r\nb\tc\0d\u2028e\u2029f\u001B[31m ")).isEqualTo("a b c d e f [31m");
    }

    @Test
    void several_lines_keep_breaks_and_tabs() {
        assertThat(Lines.several("a\n\tb\r\n\0c\u0007")).isEqualTo("a\n\tb\nc");
    }

    @Test
    void a_cut_is_visible_and_never_inside_a_character() {
        assertThat(Lines.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Lines.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Lines.cut("abc\uD83D\uDE00def", 5)).isEqualTo("abc…");
        assertThat(Lines.cut("ab\uD83D\uDE00def", 5)).isEqualTo("ab\uD83D\uDE00…");
    }

    @Property(tries = 500)
    void a_cut_fits(@ForAll String text, @ForAll @IntRange(min = 2, max = 50) int longest) {
        String cut = Lines.cut(text, longest);

        assertThat(cut).hasSizeLessThanOrEqualTo(longest);
        if (text.length() > longest) {
            assertThat(cut).endsWith("…");
            assertThat(text).startsWith(cut.substring(0, cut.length() - 1));
        } else {
            assertThat(cut).isEqualTo(text);
        }
    }
}
