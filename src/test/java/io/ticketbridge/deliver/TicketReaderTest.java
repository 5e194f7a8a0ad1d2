package io.ticketbridge.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of a case is called on its ticket: by its name it is found again (P15, P25). */
class TicketReaderTest {
    private static final String REFERENCE = "tb-0123abcd-4567";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "report.pdf, report.tb-0123abcd-4567.pdf",
        "no ending, no ending.tb-0123abcd-4567",
        ".hidden, .hidden.tb-0123abcd-4567",
        "of 10.0.0.1 and all that it has talked to, of 10.0.0.1 and all that it has talked to.tb-0123abcd-4567"
    })
    void a_name_bears_its_reference(String name, String marked) {
        assertThat(TicketReader.marked(name, REFERENCE)).isEqualTo(marked);
    }

    @Test
    void a_name_that_its_column_can_not_hold_keeps_its_reference_and_its_ending() {
        String marked = TicketReader.marked("x".repeat(77) + "🚀" + "x".repeat(170) + ".pdf", REFERENCE);

        assertThat(marked).hasSizeBetween(99, 100).endsWith("x….tb-0123abcd-4567.pdf");
        assertThat(TicketReader.marked("x".repeat(84), REFERENCE)).hasSize(100).endsWith("x….tb-0123abcd-4567");
        assertThat(TicketReader.marked("x".repeat(83), REFERENCE)).hasSize(100).startsWith("x".repeat(83) + ".tb-");
    }
}
