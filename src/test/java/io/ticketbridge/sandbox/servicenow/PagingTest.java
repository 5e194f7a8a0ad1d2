package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagingTest {

    private final ServiceNowSimulator instance = ServiceNowSimulator.start();
    private final Caller caller = new Caller(instance);

    @AfterEach
    void stop() {
        instance.close();
    }

    private void make(int count) {
        make(0, count);
    }

    private void make(int from, int to) {
        for (int i = from; i < to; i++) {
            instance.create("incident", Map.of("short_description", "n" + i, "correlation_id", "tb-" + i), "admin");
        }
    }

    private List<String> numbers(Caller.Reply reply) {
        List<String> numbers = new ArrayList<>();
        reply.result().forEach(row -> numbers.add(row.path("number").asText()));
        return numbers;
    }

    @Test
    void links_lead_from_page_to_page() {
        make(5);
        String base =
                instance.url() + "/api/now/table/incident?sysparm_fields=number,state&sysparm_limit=2&sysparm_offset=";
        Caller.Reply first = caller.get("/api/now/table/incident?sysparm_fields=number,state&sysparm_limit=2");
        assertThat(first.header("X-Total-Count")).isEqualTo("5");
        assertThat(first.header("Link"))
                .isEqualTo("<" + base + "0>;rel=\"first\",<" + base + "-2>;rel=\"prev\",<" + base + "2>;rel=\"next\",<"
                        + base + "4>;rel=\"last\"");
        Caller.Reply last =
                caller.get("/api/now/table/incident?sysparm_fields=number,state&sysparm_limit=2&sysparm_offset=4");
        assertThat(last.result()).hasSize(1);
        assertThat(last.header("Link")).doesNotContain("rel=\"next\"");
    }

    @Test
    void links_are_written_in_the_other_ways_on_request() {
        make(1);
        instance.settings().linkCommasEncoded(true).linkOffsetFirst(true);
        assertThat(caller.get("/api/now/table/incident?sysparm_fields=number,state&sysparm_limit=1")
                        .header("Link"))
                .contains("incident?sysparm_offset=0&sysparm_fields=number%2Cstate&sysparm_limit=1>");
    }

    @Test
    void count_and_links_are_left_out_on_request() {
        Caller.Reply reply =
                caller.get("/api/now/table/incident?sysparm_no_count=true&sysparm_suppress_pagination_header=true");
        assertThat(reply.header("X-Total-Count")).isEmpty();
        assertThat(reply.header("Link")).isEmpty();
    }

    @Test
    void pages_in_an_order_show_every_record_once() {
        make(25);
        List<String> seen = new ArrayList<>();
        for (int offset = 0; offset < 30; offset += 4) {
            seen.addAll(numbers(caller.list(
                    "incident", "ORDERBYnumber", "sysparm_limit", "4", "sysparm_offset", String.valueOf(offset))));
        }
        assertThat(seen).hasSize(25).isSorted();
        assertThat(new HashSet<>(seen)).hasSize(25);
    }

    @Test
    void rows_without_an_order_come_in_one_that_means_nothing() {
        make(20);
        List<String> once = numbers(caller.get("/api/now/table/incident"));
        List<String> again = numbers(caller.get("/api/now/table/incident"));
        assertThat(once).isEqualTo(again);
        assertThat(once).isNotEqualTo(once.stream().sorted().toList());
        instance.settings().unorderedRowsMove(true);
        assertThat(numbers(caller.get("/api/now/table/incident")))
                .isNotEqualTo(numbers(caller.get("/api/now/table/incident")))
                .containsExactlyInAnyOrderElementsOf(once);
    }

    @Test
    void a_limit_that_is_no_number_is_a_bad_request() {
        assertThat(caller.get("/api/now/table/incident?sysparm_limit=-1").status())
                .isEqualTo(400);
        assertThat(caller.get("/api/now/table/incident?sysparm_offset=x").status())
                .isEqualTo(400);
    }

    @Test
    void hidden_rows_are_counted_but_not_shown() {
        make(3);
        String id = instance.records("incident").get(0).get("sys_id");
        instance.settings().hidden(id, true);
        Caller.Reply reply = caller.get("/api/now/table/incident?sysparm_limit=3");
        assertThat(reply.result()).hasSize(2);
        assertThat(reply.header("X-Total-Count")).isEqualTo("3");
        assertThat(caller.get("/api/now/table/incident/" + id).status()).isEqualTo(404);
    }

    /** Five times as long is allowed, for others use the machine too. */
    @Test
    void a_hundred_thousand_records_do_not_slow_a_look_up_down() {
        make(1_000);
        lookUps(1_000);
        Duration few = lookUps(1_000);
        make(1_000, 100_000);
        lookUps(100_000);
        assertThat(lookUps(100_000)).isLessThan(few.multipliedBy(5));
    }

    private Duration lookUps(int among) {
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(caller.list("incident", "correlation_id=tb-" + i * (among / 200))
                            .result())
                    .hasSize(1);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
