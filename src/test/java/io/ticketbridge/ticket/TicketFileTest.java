package io.ticketbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose file it is tells its name. */
class TicketFileTest {
    private static Stream<String> texts() {
        return Stream.concat(TicketFile.TEXTS.stream(), Stream.of("u_resources"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace-v202511301015.txt", "export-v202511300915.txt", "notes.txt", "description.txt"})
    void a_file_with_a_time_in_its_name_is_a_persons(String name) {
        assertThat(TicketFile.isOfDeliveries(name)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void the_file_of_a_text_that_its_column_can_not_hold_is_our_own(String column) {
        assertThat(TicketFile.isOfDeliveries(TicketFile.nameOfText(column, UUID.randomUUID())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"description-v17.txt", "short_description-v3.txt", "failing-resources-v17-2.csv"})
    void what_earlier_versions_attached_is_our_own(String name) {
        assertThat(TicketFile.isOfDeliveries(name)).isTrue();
    }
}
