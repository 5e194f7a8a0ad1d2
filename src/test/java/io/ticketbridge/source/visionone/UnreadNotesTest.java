package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.source.UnexpectedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

class UnreadNotesTest {
    private static final int READ = 200;

    private final UnreadNotes unread = new UnreadNotes();

    /** A page of items whose notes were answered so. */
    private void page(int... answers) {
        List<ItemWithNotes> page = new ArrayList<>();
        for (int answer : answers) {
            ItemWithNotes item = ItemWithNotes.of(JsonNodeFactory.instance.objectNode());
            page.add(answer == READ ? item : unread.add(page.size(), item, error(answer)));
        }
        unread.pageRead(page);
    }

    private static Exception error(int status) {
        return new HttpOperationFailedException("http://localhost", status, "No", null, Map.of(), "");
    }

    @Test
    void a_page_of_which_none_was_read_passes_once_another_was() {
        page(READ, 500);
        page(500);

        assertThatThrownBy(() -> new UnreadNotesTest().page(500)).isInstanceOf(UnexpectedAnswer.class);
    }

    @Test
    void three_in_a_row_fail_also_where_a_page_ends_between_them() {
        page(READ, 500, 500, READ, 500, 500);

        assertThatThrownBy(() -> page(500)).isInstanceOf(UnexpectedAnswer.class).hasMessageContaining("500");
    }

    @Test
    void ten_in_a_row_fail_whatever_was_answered() {
        page(READ, 404, 404, 404, 404, 404, READ);
        page(404, 410, 400, 404, 404, 404, 404, 404, 404);

        assertThatThrownBy(() -> page(404, READ)).isInstanceOf(UnexpectedAnswer.class);
    }

    @Test
    void what_was_read_between_begins_the_row_anew() {
        page(404, 404, 404, 404, 404, 404, 404, 404, 404);
        page(READ, 404, 404);

        page(404);

        assertThat(unread.add(0, ItemWithNotes.of(JsonNodeFactory.instance.objectNode()), error(404))
                        .unread())
                .isNotNull();
    }
}
