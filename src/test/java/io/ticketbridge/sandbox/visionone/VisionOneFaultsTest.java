package io.ticketbridge.sandbox.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.sandbox.http.Call;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.testing.HandClock;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VisionOneFaultsTest {
    private static final String CASES = "/v3.0/caseManagement/cases";

    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final VisionOneSimulator simulator =
            VisionOneSimulator.start(Options.defaults().withClock(clock).withCases(25));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void an_empty_page_has_a_link_to_the_page_it_stands_for() {
        once(VisionOneFaults.emptyPageWithNextLink());

        JsonNode empty = get("?top=10").json();

        assertThat(empty.get("items")).isEmpty();
        assertThat(empty.get("nextLink").asText()).endsWith(CASES + "?top=10");
        assertThat(get("?top=10").json().get("items")).hasSize(10);
    }

    @Test
    void a_page_token_may_expire() {
        String next = get("?top=10").json().get("nextLink").asText().replaceAll(".*\\?", "?");
        simulator
                .faults()
                .next(1, path -> true, VisionOneFaults.pageTokenExpired().named("expired"));
        assertThat(get(next).status()).isEqualTo(400);
        assertThat(get(next).status()).isEqualTo(200);
        assertThat(simulator.faults().drawn()).containsExactly(Map.entry("expired", 1L));
    }

    @Test
    void a_repeated_page_links_to_itself() {
        once(VisionOneFaults.repeatedPage());

        JsonNode page = get("?top=10").json();

        assertThat(page.get("items")).hasSize(10);
        assertThat(page.get("nextLink").asText()).endsWith(CASES + "?top=10");
    }

    @Test
    void items_may_be_null_or_malformed() {
        once(VisionOneFaults.itemsNull());
        assertThat(get("").json().get("items").isNull()).isTrue();
        once(VisionOneFaults.nullItem());
        assertThat(get("").json().at("/items/12").isNull()).isTrue();
        once(VisionOneFaults.stringItem());
        assertThat(get("").json().at("/items/12").isTextual()).isTrue();
        once(VisionOneFaults.itemWithoutId());
        assertThat(get("").json().at("/items/12").has("id")).isFalse();
        assertThat(get("").json().get("items")).hasSize(25).allMatch(item -> item.has("id"));
    }

    @Test
    void numbers_may_be_strings_and_values_unknown() {
        once(VisionOneFaults.numbersAsStrings());
        assertThat(get("").json().get("totalCount").isTextual()).isTrue();
        once(VisionOneFaults.unknownFieldsAndValues(7));
        assertThat(get("").text()).contains("Reticulated", "aiSummary");
        assertThat(get("").text()).doesNotContain("Reticulated");
    }

    @Test
    void times_may_come_without_a_zone() {
        String id = simulator.cases().get(0).id();
        once(VisionOneFaults.timesWithoutZone());
        assertThat(get("").json().at("/items/0/updatedDateTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+");
        once(VisionOneFaults.timesWithoutZone());
        assertThat(get("/" + id).text()).contains("DateTime").doesNotContainPattern("DateTime\":\"[^\"]*Z\"");
        assertThat(get("/" + id).json().get("updatedDateTime").asText()).endsWith("Z");
    }

    @Test
    void bodies_may_be_html_or_end_too_early() {
        once(HttpFault.htmlPage(503));
        assertThat(get("").status()).isEqualTo(503);
        once(HttpFault.htmlPage(200));
        assertThat(get("").text()).startsWith("<html>");
        once(HttpFault.brokenJson());
        assertThatThrownBy(() -> get("").json()).isInstanceOf(UncheckedIOException.class);
        once(HttpFault.cutHalfWay());
        assertThatThrownBy(() -> get("")).isInstanceOf(UncheckedIOException.class);
        assertThat(get("").status()).isEqualTo(200);
    }

    @Test
    void a_lost_answer_leaves_the_write_done() {
        String id = simulator.cases().get(0).id();
        once(HttpFault.lostAnswer());

        assertThatThrownBy(() -> Call.to(simulator.url() + CASES + "/" + id + "/contents")
                        .bearer(simulator.token())
                        .send("POST", "{\"comment\":\"Lost\"}"))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(simulator.caseById(id).orElseThrow().notes())
                .extracting(SimulatedNote::text)
                .containsExactly("Lost");
        assertThat(simulator.requests().all()).last().satisfies(request -> assertThat(request.status())
                .isZero());
    }

    @Test
    void refusals_come_with_and_without_headers() {
        once(VisionOneFaults.tooManyRequests(7));
        Call.Response told = get("");
        assertThat(told.status()).isEqualTo(429);
        assertThat(told.header("Retry-After")).isEqualTo("7");
        assertThat(told.header("RateLimit-Limit")).isEqualTo("60");
        once(VisionOneFaults.tooManyRequestsWithoutHeaders());
        assertThat(get("").header("Retry-After")).isNull();
    }

    @Test
    void a_rate_limit_frees_itself_after_its_window() {
        simulator.faults().always(CASES::equals, VisionOneFaults.rateLimit(clock, 2, true));

        assertThat(statuses(3)).containsExactly(200, 200, 429);
        assertThat(get("").header("Retry-After")).isEqualTo("60");
        clock.advance(Duration.ofSeconds(60));
        assertThat(statuses(3)).containsExactly(200, 200, 429);
    }

    @Test
    void who_goes_on_asking_over_the_limit_is_let_in_later() {
        simulator.faults().always(CASES::equals, VisionOneFaults.rateLimit(clock, 2, true));
        assertThat(statuses(2)).containsExactly(200, 200);
        clock.advance(Duration.ofSeconds(30));

        assertThat(statuses(2)).containsExactly(429, 429);
        clock.advance(Duration.ofSeconds(30));

        assertThat(statuses(1)).containsExactly(429);
        clock.advance(Duration.ofSeconds(30));
        assertThat(statuses(1)).containsExactly(200);
    }

    @Test
    void faults_at_a_rate_follow_their_seed() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            simulator.faults().clear();
            simulator.faults().atRate(0.3, 42, VisionOneFaults.serverError(503), VisionOneFaults.serverError(500));
            runs.add(statuses(40));
        }

        assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(200, 500, 503);
    }

    @Test
    void faults_hit_the_number_of_requests_and_the_paths_they_were_set_for() {
        simulator.faults().next(2, path -> path.endsWith("/contents"), VisionOneFaults.serverError(500));
        String contents = "/" + simulator.cases().get(0).id() + "/contents";

        assertThat(get("").status()).isEqualTo(200);
        assertThat(get(contents).status()).isEqualTo(500);
        assertThat(get(contents).status()).isEqualTo(500);
        assertThat(get(contents).status()).isEqualTo(200);
        assertThat(simulator.faults().fired()).isEqualTo(2);
    }

    private void once(HttpFault fault) {
        simulator.faults().next(1, path -> true, fault);
    }

    private Call.Response get(String rest) {
        return Call.to(simulator.url() + CASES + rest).bearer(simulator.token()).get();
    }

    private List<Integer> statuses(int times) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(get("").status());
        }
        return statuses;
    }
}
