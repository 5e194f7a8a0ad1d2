package io.ticketbridge.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorableTextTest {
    @ParameterizedTest
    @CsvSource({
        "'a\u0000b', 'a\uFFFDb'",
        "'\u0000', '\uFFFD'",
        "'cut \uD83D', 'cut \uFFFD'",
        "'\uDE00 rest', '\uFFFD rest'",
        "'\uD800x\uDBFF', '\uFFFDx\uFFFD'",
        "'\uDC00x\uDFFF', '\uFFFDx\uFFFD'",
        "'\uD83D\uDE00 whole, half \uD83D', '\uD83D\uDE00 whole, half \uFFFD'",
        "'\uD7FF\uE000\u0000', '\uD7FF\uE000\uFFFD'"
    })
    void what_a_database_would_not_keep_is_replaced_and_nothing_else(String text, String stored) {
        assertThat(StorableText.of(text)).isEqualTo(stored);
    }

    @Test
    void where_there_is_nothing_to_replace_it_is_the_same() {
        String text = "plain \uD83D\uDE00\n";

        assertThat(StorableText.of(text)).isEqualTo(text);
        assertThat(StorableText.of("")).isEmpty();
    }
}
