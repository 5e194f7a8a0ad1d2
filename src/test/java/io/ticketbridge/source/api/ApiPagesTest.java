package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.source.UnexpectedAnswer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every page is followed, none is read twice, and a list that was not whole is never taken for whole (P1, P11). */
class ApiPagesTest {
    private static ApiPages pages(String paging) {
        return new ApiPages(Mapped.of(Mapped.WHOLE + "paging: " + paging + "\n"), "/v1");
    }

    /** What was asked for, until there was no more. */
    private static List<String> asked(ApiPages pages, String... answers) {
        List<String> asked = new ArrayList<>();
        for (String answer : answers) {
            assertThat(pages.hasNext()).as("before %s", answer).isTrue();
            ApiCall call = pages.nextCall();
            asked.add(call.path() + "?" + call.queryText() + (call.body() == null ? "" : " " + call.body()));
            pages.accept(Mapped.json(answer));
        }
        return asked;
    }

    private static String page(int from, int to, String more) {
        List<String> items = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            items.add("{'id':'" + i + "'}");
        }
        return "{'items':[" + String.join(",", items) + "]" + more + "}";
    }

    @Test
    void without_paging_there_is_one_page() {
        ApiPages pages = new ApiPages(Mapped.of(Mapped.WHOLE), "/v1");
        assertThat(asked(pages, page(1, 2, ""))).containsExactly("/v1/items?");
        assertThat(pages.hasNext()).isFalse();
        assertThat(pages.isWhole()).isTrue();
    }

    @Test
    void an_offset_counts_what_was_read_and_an_empty_page_ends_it() {
        ApiPages pages = pages("{offset: {to: query offset}}");
        assertThat(asked(pages, page(1, 3, ""), page(4, 5, ""), page(1, 0, "")))
                .containsExactly("/v1/items?offset=0", "/v1/items?offset=3", "/v1/items?offset=5");
        assertThat(pages.hasNext()).isFalse();
    }

    /** As with HAL, where the link is in an object. */
    @Test
    void a_next_link_or_cursor_that_is_an_object_ends_no_list() {
        assertThatThrownBy(() -> pages("{next-link: /_links/next}")
                        .accept(Mapped.json(page(1, 1, ",'_links':{'next':{'href':'/v1/items?p=2'}}"))))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("/_links/next is no text, but has href; name the text in it");
        assertThatThrownBy(() -> pages("{cursor: {from: /next, to: query after}}")
                        .accept(Mapped.json(page(1, 1, ",'next':[{'token':'a'}]"))))
                .hasMessageContaining("/next is no text, but has a list of 1");

        ApiPages empty = pages("{next-link: /next}");
        asked(empty, page(1, 1, ",'next':{}"));
        assertThat(empty.hasNext()).as("nothing can be in it").isFalse();
    }

    @Test
    void a_short_page_ends_only_a_list_that_had_a_full_one() {
        ApiPages pages = pages("{offset: {to: query offset}, size: 100}");
        asked(pages, page(1, 50, ""));
        assertThat(pages.hasNext())
                .as("the API may give fewer at once than was asked for")
                .isTrue();

        ApiPages known = pages("{offset: {to: query offset}, size: 3}");
        asked(known, page(1, 3, ""), page(4, 5, ""));
        assertThat(known.hasNext()).isFalse();
    }

    @Test
    void a_total_ends_the_list_and_one_that_moved_says_that_it_is_not_whole() {
        ApiPages pages = pages("{page-number: {to: query page}, total: /total}");
        assertThat(asked(pages, page(1, 3, ",'total':5"), page(4, 5, ",'total':5")))
                .containsExactly("/v1/items?page=1", "/v1/items?page=2");
        assertThat(pages.hasNext()).isFalse();
        assertThat(pages.isWhole()).isTrue();

        ApiPages moved = pages("{page-number: {to: query page}, total: /total}");
        asked(moved, page(1, 3, ",'total':5"), page(4, 5, ",'total':4"));
        assertThat(moved.isWhole()).isFalse();

        ApiPages fewer = pages("{cursor: {from: /next, to: query after}, total: /total}");
        asked(fewer, page(1, 3, ",'total':5"));
        assertThat(fewer.isWhole()).isFalse();
        assertThat(fewer.shortfall()).isEqualTo("3 records were listed, and the API said 5");
    }

    @Test
    void a_record_that_comes_twice_by_its_place_stands_for_one_that_was_skipped() {
        ApiPages shifted = pages("{page-number: {to: query page}, total: /total}");
        asked(shifted, page(1, 3, ",'total':5"), page(3, 4, ",'total':5"));

        assertThat(shifted.hasNext()).isFalse();
        assertThat(shifted.isWhole()).isFalse();
        assertThat(shifted.shortfall()).isEqualTo("a record was listed twice, so that another may have been skipped");
    }

    @Test
    void a_pass_whose_records_did_not_all_reach_the_mapping_proves_nothing_by_absence() {
        Apis apis = new Apis(null, null, null);
        Mapping mapping = Mapped.of(Mapped.WHOLE + "paging: {next-link: /next}\n");
        ApiPages pages = new ApiPages(mapping, "/v1");
        ApiPass pass = new ApiPass(mapping, new RecordMapper(mapping, "api:own"), pages);

        List<JsonNode> first = pages.accept(Mapped.json(page(1, 3, ",'next':'/v1/items?page=2'")));
        apis.findings(pass, first.subList(0, 2));
        List<JsonNode> last = pages.accept(Mapped.json(page(4, 5, "")));
        apis.findings(pass, last);

        assertThat(pages.isWhole()).isTrue();
        assertThat(pass.shortfall())
                .contains("a step of the route left out 1 of 5 records; leave them out by the flow's filter, or in"
                        + " route 40");
        apis.findings(pass, first.subList(2, 3));
        assertThat(pass.shortfall()).isEmpty();
    }

    @Test
    void a_list_by_place_that_may_have_moved_unseen_is_not_whole() {
        ApiPages shrunk = pages("{offset: {to: query offset}}");
        // One of the first three went away, and the fourth took its place.
        asked(shrunk, page(1, 3, ""), page(5, 5, ""), page(1, 0, ""));
        assertThat(shrunk.isWhole()).isFalse();
        assertThat(shrunk.shortfall()).contains("no total", "paging.total in mapping own.yaml");

        ApiPages full = pages("{page-number: {to: query page}, size: 3}");
        asked(full, page(1, 3, ""), page(1, 0, ""));
        assertThat(full.isWhole()).as("a fourth may have gone there meanwhile").isFalse();

        ApiPages single = pages("{page-number: {to: query page}, size: 3}");
        asked(single, page(1, 2, ""), page(1, 0, ""));
        assertThat(single.isWhole()).isTrue();
    }

    @Test
    void what_counts_is_what_the_api_lists_also_where_jq_leaves_records_out() {
        Mapping mapping =
                Mapped.of(Mapped.WHOLE.replace("records: /items", "records: {jq: '.items[] | select(.id == \"5\")'}")
                        + "paging: {offset: {to: query offset}, items: /items}\n");
        ApiPages pages = new ApiPages(mapping, "");
        assertThat(asked(pages, page(1, 3, ""), page(4, 5, ""), page(1, 0, "")))
                .containsExactly("/items?offset=0", "/items?offset=3", "/items?offset=5");
    }

    @Test
    void a_cursor_goes_into_the_body_or_the_query_and_its_end_is_null_empty_or_absence() {
        Mapping mapping = Mapped.of(Mapped.WHOLE.replace("path: /items", "path: /items, body: {Max: 2}")
                + "paging: {cursor: {from: /NextToken, to: body /page/token}}\n");
        ApiPages pages = new ApiPages(mapping, "");
        assertThat(asked(pages, page(1, 2, ",'NextToken':'abc'"), page(3, 3, ",'NextToken':null")))
                .containsExactly("/items? {\"Max\":2}", "/items? {\"Max\":2,\"page\":{\"token\":\"abc\"}}");
        assertThat(pages.hasNext()).isFalse();

        ApiPages query = pages("{cursor: {from: /next, to: query after}}");
        assertThat(asked(query, page(1, 2, ",'next':'a b&c'"), page(3, 3, ",'next':''")))
                .containsExactly("/v1/items?", "/v1/items?after=a%20b%26c");
        assertThat(query.hasNext()).isFalse();
    }

    @Test
    void an_empty_page_with_a_cursor_is_not_the_last() {
        ApiPages pages = pages("{cursor: {from: /next, to: query after}}");
        asked(pages, page(1, 0, ",'next':'b'"));
        assertThat(pages.hasNext()).isTrue();
    }

    @Test
    void of_a_next_link_only_path_and_query_are_taken_and_a_relative_one_is_resolved() {
        ApiPages pages = pages("{next-link: /links/next}");
        assertThat(asked(
                        pages,
                        page(1, 1, ",'links':{'next':'https://evil.example/v1/items?page[number]=2'}"),
                        page(2, 2, ",'links':{'next':'?after=3'}"),
                        page(3, 3, ",'links':{'next':null}")))
                .containsExactly("/v1/items?", "/v1/items?page%5Bnumber%5D=2", "/v1/items?after=3");
    }

    @Test
    void a_list_that_leads_back_is_broken_off() {
        ApiPages link = pages("{next-link: /next}");
        asked(link, page(1, 1, ",'next':'/v1/items?p=2'"));
        assertThatThrownBy(() -> link.accept(Mapped.json(page(2, 2, ",'next':'/v1/items?p=2'"))))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("leads back to a page that was read");

        ApiPages cursor = pages("{cursor: {from: /next, to: query after}}");
        asked(cursor, page(1, 1, ",'next':'a'"), page(2, 2, ",'next':'b'"));
        assertThatThrownBy(() -> cursor.accept(Mapped.json(page(3, 3, ",'next':'a'"))))
                .hasMessageContaining("came a second time")
                .hasMessageContaining("query after");

        ApiPages number = pages("{page-number: {to: query p}}");
        asked(number, page(1, 2, ""));
        assertThatThrownBy(() -> number.accept(Mapped.json(page(1, 2, ""))))
                .hasMessage(
                        "Mapping own.yaml, page 3: page 2 is the same as the one before: the API does not heed query p");
    }

    @Test
    void more_pages_than_the_limit_are_not_taken_for_the_whole() {
        ApiPages pages = pages("{page-number: {to: query p}, max-pages: 2}");
        asked(pages, page(1, 1, ""));
        assertThatThrownBy(() -> pages.accept(Mapped.json(page(2, 2, ""))))
                .hasMessageContaining("raise paging.max-pages");
    }

    @Test
    void an_answer_without_the_list_is_no_empty_list() {
        assertThatThrownBy(() -> pages("{next-link: /next}").accept(Mapped.json("{'error':'no','code':7}")))
                .hasMessage(
                        "Mapping own.yaml, page 1: records (line 2): the answer has no list at /items, but error, code");
        assertThatThrownBy(() -> pages("{next-link: /next}").accept(Mapped.json("{'items':{'a':1}}")))
                .hasMessageContaining("is no list");
    }
}
