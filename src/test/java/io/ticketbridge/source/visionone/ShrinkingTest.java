package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A list that becomes shorter while it is read is read once more, and that has an end (P1). */
class ShrinkingTest {
    private static final String ON = "'nextLink': 'https://elsewhere.example/list?page=2', ";

    private static LinkedPages pages() {
        return new LinkedPages("things", "/list", Map.of(), Map.of()).whole();
    }

    private static List<String> ids(LinkedPages pages, String page) {
        try {
            JsonNode json = new ObjectMapper().readTree(page.replace('\'', '"'));
            List<String> ids = new ArrayList<>();
            pages.accept(json).forEach(item -> ids.add(item.path("id").asText()));
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(String more, int total, int... ids) {
        List<String> items = new ArrayList<>();
        for (int id : ids) {
            items.add("{'id': " + id + "}");
        }
        return "{" + more + "'totalCount': " + total + ", 'items': " + items + "}";
    }

    @Test
    void what_was_skipped_is_read_and_nothing_is_handed_out_twice() {
        LinkedPages pages = pages();
        assertThat(ids(pages, page(ON, 4, 1, 2))).containsExactly("1", "2");
        assertThat(ids(pages, page("", 3, 4))).containsExactly("4");

        assertThat(pages.isHasNext()).isTrue();
        assertThat(ids(pages, page(ON, 3, 2, 3))).containsExactly("3");
        assertThat(ids(pages, page("", 3, 4))).isEmpty();
        assertThat(pages.isHasNext()).isFalse();
    }

    @Test
    void a_list_that_grows_or_says_no_total_is_read_once() {
        LinkedPages grows = pages();
        ids(grows, page(ON, 3, 1, 2));
        ids(grows, page("", 4, 3, 4));
        assertThat(grows.isHasNext()).isFalse();

        LinkedPages silent = pages();
        assertThat(ids(silent, "{'items': [{'id': 1}, null, null]}")).hasSize(3);
        assertThat(silent.isHasNext()).isFalse();
    }

    @Test
    void a_list_that_becomes_shorter_each_time_comes_to_an_end() {
        LinkedPages pages = pages();
        int readings = 0;
        for (int total = 100; pages.isHasNext(); total -= 2) {
            ids(pages, page(ON, total, total));
            ids(pages, page("", total - 1, total - 1));
            readings++;
        }
        assertThat(readings).isEqualTo(4);
    }
}
