package io.ticketbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Note;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditionsTest {
    private static final Note FIRST = note("block 10.1.2.3");
    private static final Note SECOND = note("block 10.1.2.33");

    private final Set<String> carried = new HashSet<>(Editions.of(FIRST));

    private static Note note(String text) {
        return new Note("7", "ann", Instant.EPOCH, text, List.of("file"));
    }

    private String told(Note note) {
        Note edited = Editions.edited(note, carried).orElseThrow();
        carried.addAll(Editions.of(edited));
        return edited.text();
    }

    @Test
    void each_edit_is_told_once_and_the_way_back_too() {
        assertThat(Editions.edited(FIRST, carried)).isEmpty();
        assertThat(told(SECOND)).isEqualTo("(edited) block 10.1.2.33");
        assertThat(Editions.edited(SECOND, carried)).isEmpty();
        assertThat(told(FIRST)).isEqualTo("(edited) block 10.1.2.3");
        assertThat(Editions.edited(FIRST, carried)).isEmpty();
        assertThat(carried).hasSize(4);
    }

    @Test
    void of_a_note_that_was_carried_before_editions_were_told_apart_no_edit_is_known() {
        assertThat(Editions.isUnknown(FIRST, Set.of("7", "17:edit-0-0123456789abc", "7:edit-x")))
                .isTrue();
        assertThat(Editions.edited(FIRST, Set.of("7"))).isEmpty();
        assertThat(Editions.isUnknown(FIRST, carried)).isFalse();
    }
}
