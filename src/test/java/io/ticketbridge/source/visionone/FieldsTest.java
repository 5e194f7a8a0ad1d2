package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ledger can't give back as it was would be taken for changed at each look (P25). */
class FieldsTest {
    @ParameterizedTest
    @CsvSource({
        "'Cut in an emoji \ud83d', 'Cut in an emoji \ufffd'",
        "'\ude80 begins with half of one', '\ufffd begins with half of one'",
        "'A whole \ud83d\ude80', 'A whole \ud83d\ude80'",
        "'NUL\0 goes', 'NUL goes'",
        "'Übersicht 漢字', 'Übersicht 漢字'"
    })
    void a_text_is_one_that_every_database_keeps(String said, String kept) {
        assertThat(Fields.text(TextNode.valueOf(said))).isEqualTo(kept);
    }
}
