package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadNotesTest {
    private static final int READ = 200;
    private static final int NOT_ASKED = 0;

    private final UnreadNotes unread = new UnreadNotes();

    /** A page of items whose notes were answered so. */
    private void page(int... answers) {
        List<ItemWithNotes> page = new ArrayList<>();
        for (int answer : answers) {
            ItemWithNotes item = ItemWithNotes.of(JsonNodeFactory.instance.objectNode());
            if (answer == READ) {
                unread.read();
            }
            page.add(answer < 300 ? item : unread.add(item, error(answer)));
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

    /** Closed cases without a ticket stand between those whose notes are asked for. */
    @Test
    void what_was_not_asked_for_says_nothing_of_the_others() {
        page(READ, 500, NOT_ASKED, 500, NOT_ASKED);

        assertThatThrownBy(() -> page(NOT_ASKED, 500)).isInstanceOf(UnexpectedAnswer.class);
        assertThatThrownBy(() -> new UnreadNotesTest().page(NOT_ASKED, 500)).isInstanceOf(UnexpectedAnswer.class);
    }

    @Test
    void a_page_of_which_nothing_was_asked_for_passes() {
        page(NOT_ASKED, NOT_ASKED);
    }

    /** Cases that were merged at once lie side by side: a pass that they failed would fail for good. */
    @Test
    void any_number_of_items_that_are_not_there_is_left_out() {
        page(READ, 404, 404, 410, 400, 404, 404, 404, 404, 404, 404, 404);

        page(404, 404);
        assertThatThrownBy(() -> page(500, 500, 500)).isInstanceOf(UnexpectedAnswer.class);
    }

    @Test
    void an_answer_that_was_cut_is_of_no_single_item_and_one_that_is_no_json_may_be() throws IOException {
        assertThat(UnreadNotes.mayBeOfOne(parsed("{\"items\": [{\"id"))).isFalse();
        assertThat(UnreadNotes.mayBeOfOne(parsed("{\"items\": oops}"))).isTrue();
    }

    /** A limit, a refused key, a proxy and a portal stand before all of them. */
    @ParameterizedTest
    @ValueSource(ints = {302, 401, 407, 429})
    void an_answer_from_the_way_there_is_of_no_single_item(int status) {
        assertThat(UnreadNotes.mayBeOfOne(error(status))).isFalse();
    }

    private static Exception parsed(String answer) throws IOException {
        try {
            new ObjectMapper().readTree(answer);
            throw new AssertionError("it is JSON: " + answer);
        } catch (JacksonException e) {
            return e;
        }
    }

    @Test
    void what_was_read_between_begins_the_row_anew() {
        page(READ, 500, 500, READ, 500, 500);

        page(READ, 500);

        assertThat(unread.add(ItemWithNotes.of(JsonNodeFactory.instance.objectNode()), error(500))
                        .unread())
                .isNotNull();
    }
}
