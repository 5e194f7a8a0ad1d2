package io.ticketbridge.source.visionone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.source.UnexpectedAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** An account that one query can't yield is read in parts that are together the whole. */
class CheckPagesTest {
    private static final int LIMIT = 10;
    private static final String ACCOUNT = "a1";

    private final List<ObjectNode> checks = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private void add(int count, String region, String service, String riskLevel, String rule) {
        IntStream.range(0, count)
                .forEach(i -> checks.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("id", "ccc:" + ACCOUNT + ":" + rule + ":" + service + ":" + region + ":r" + checks.size())
                        .put("accountId", ACCOUNT)
                        .put("region", region)
                        .put("service", service)
                        .put("riskLevel", riskLevel)
                        .put("ruleId", rule)));
    }

    private CheckPages pages(String own) {
        return new CheckPages(CheckPart.ofAccount(ACCOUNT, own), LIMIT, part -> {
            asked.add(part.filter());
            return new LinkedPages("checks", "/checks", Map.of(), Map.of("TMV1-Filter", part.filter()));
        });
    }

    /** Answers as the API does: what the filter lets pass, up to the limit. */
    private Set<String> readAll(CheckPages pages) {
        Set<String> ids = new LinkedHashSet<>();
        while (pages.hasNext()) {
            assertThat(asked).hasSizeLessThan(200);
            pages.accept(page(matching(ask(pages)), LIMIT))
                    .forEach(check -> ids.add(check.path("id").asText()));
        }
        return ids;
    }

    private static String ask(CheckPages pages) {
        return header(pages, "TMV1-Filter");
    }

    private static String query(CheckPages pages) {
        return header(pages, Exchange.HTTP_RAW_QUERY);
    }

    private static String header(CheckPages pages, String name) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            DefaultExchange exchange = new DefaultExchange(context);
            pages.nextCall().request(exchange);
            return exchange.getMessage().getHeader(name, String.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ObjectNode> matching(String filter) {
        Predicate<ObjectNode> all = check -> true;
        for (String condition : filter.split(" and ")) {
            boolean is = !condition.startsWith("not ");
            String[] parts = condition.replaceFirst("^not ", "").split(" eq ", 2);
            String value = parts[1].substring(1, parts[1].length() - 1).replace("''", "'");
            all = all.and(check -> is == check.path(parts[0]).asText().equals(value));
        }
        return checks.stream().filter(all).toList();
    }

    private static ObjectNode page(Collection<? extends JsonNode> items, int most) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        items.stream().limit(most).forEach(page.putArray("items")::add);
        return page;
    }

    private Set<String> all() {
        Set<String> ids = new LinkedHashSet<>();
        checks.forEach(check -> ids.add(check.path("id").asText()));
        return ids;
    }

    @Test
    void what_one_query_yields_is_asked_for_once() {
        add(9, "us-east-1", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("");

        assertThat(readAll(pages)).isEqualTo(all());
        assertThat(asked).containsExactly("accountId eq 'a1'");
        assertThat(pages.gaps()).isEmpty();
    }

    @Test
    void a_query_that_reaches_the_limit_is_divided_by_region_and_the_rest_is_asked_for_too() {
        add(6, "us-east-1", "S3", "HIGH", "S3-016");
        add(6, "eu-west-1", "S3", "HIGH", "S3-016");
        add(6, "ap-south-1", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("");

        assertThat(readAll(pages)).isEqualTo(all());
        assertThat(asked)
                .containsExactly(
                        "accountId eq 'a1'",
                        "accountId eq 'a1' and region eq 'eu-west-1'",
                        "accountId eq 'a1' and region eq 'us-east-1'",
                        "accountId eq 'a1' and not region eq 'eu-west-1' and not region eq 'us-east-1'");
        assertThat(pages.gaps()).isEmpty();
    }

    @Test
    void then_by_service_by_risk_level_and_by_rule() {
        for (String region : List.of("us-east-1", "eu-west-1")) {
            for (String service : List.of("EC2", "S3")) {
                for (String level : List.of("HIGH", "LOW")) {
                    for (String rule : List.of("-001", "-002", "-003")) {
                        add(8, region, service, level, service + rule);
                    }
                }
            }
        }
        Collections.shuffle(checks, new Random(7));
        CheckPages pages = pages("");

        assertThat(readAll(pages)).hasSize(192).containsAll(all());
        assertThat(pages.gaps()).isEmpty();
        assertThat(asked)
                .anyMatch(filter -> filter.endsWith(
                        "region eq 'eu-west-1' and service eq 'EC2' and riskLevel eq 'HIGH' and ruleId eq 'EC2-001'"));
    }

    @Test
    void what_hides_behind_many_that_are_alike_is_read_and_what_cannot_be_divided_is_named() {
        add(30, "us-east-1", "S3", "HIGH", "S3-016");
        add(3, "us-east-1", "S3", "HIGH", "S3-001");
        add(3, "us-east-1", "EC2", "LOW", "EC2-074");
        add(3, "eu-west-1", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("");

        assertThat(readAll(pages))
                .hasSize(10 + 9)
                .contains("ccc:a1:S3-001:S3:us-east-1:r30", "ccc:a1:S3-016:S3:eu-west-1:r36");
        assertThat(pages.gaps())
                .containsExactly(
                        "one query yields 10 checks at most, and it can't be divided any more: accountId eq 'a1'"
                                + " and region eq 'us-east-1' and service eq 'S3' and riskLevel eq 'HIGH' and ruleId eq 'S3-016'");
    }

    @Test
    void the_flows_own_filter_goes_with_every_part_without_parentheses_around_it() {
        add(6, "us-east-1", "S3", "HIGH", "S3-016");
        add(6, "eu-west-1", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("(riskLevel eq 'HIGH' or riskLevel eq 'EXTREME') and status eq 'FAILURE'");

        while (pages.hasNext()) {
            pages.accept(page(checks.subList(0, asked.size() == 1 ? 10 : 0), LIMIT));
        }

        assertThat(asked)
                .hasSize(4)
                .allMatch(filter -> filter.startsWith("accountId eq 'a1' and ")
                        && filter.endsWith("(riskLevel eq 'HIGH' or riskLevel eq 'EXTREME') and status eq 'FAILURE'"));
    }

    @Test
    void a_filter_that_would_be_too_long_is_said_and_not_sent() {
        IntStream.range(0, 10).forEach(i -> add(1, "region-" + i + "-" + "x".repeat(200), "S3", "HIGH", "S3-016"));
        CheckPages pages = pages("");

        readAll(pages);

        assertThat(asked).hasSize(11).allMatch(filter -> filter.length() <= 1783);
        assertThat(pages.gaps())
                .containsExactly(
                        "its filter would be too long: what is not in the parts that were read of accountId eq 'a1'");
    }

    @Test
    void a_value_with_a_line_break_never_stands_in_a_header() {
        add(6, "us-east-1", "S3", "HIGH", "S3-016");
        add(6, "eu\r\nX-Evil: 1", "S3", "HIGH", "S3-016");
        add(6, "it's", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("");

        readAll(pages);

        assertThat(asked).allMatch(filter -> filter.chars().allMatch(letter -> letter >= ' '));
    }

    @Test
    void checks_that_were_not_asked_for_fail_the_scan() {
        add(1, "us-east-1", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("");
        checks.get(0).put("accountId", "another");

        assertThatThrownBy(() -> pages.accept(page(checks, LIMIT)))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("accountId eq 'a1'")
                .hasMessageContaining("source-filter");
    }

    @Test
    void a_service_that_ignores_not_ends_in_an_error_and_not_in_a_circle() {
        add(6, "us-east-1", "S3", "HIGH", "S3-016");
        add(6, "eu-west-1", "S3", "HIGH", "S3-016");
        CheckPages pages = pages("");

        assertThatThrownBy(() -> {
                    while (pages.hasNext()) {
                        pages.accept(page(matching(ask(pages).replaceAll(" and not .*", "")), LIMIT));
                    }
                })
                .isInstanceOf(UnexpectedAnswer.class);
    }

    @Test
    void an_own_filter_without_room_is_refused() {
        assertThatThrownBy(() -> pages("x".repeat(1780)))
                .isInstanceOf(UnexpectedAnswer.class)
                .hasMessageContaining("source-filter");
    }

    @Test
    void a_list_that_ends_before_what_it_announced_is_a_gap_whichever_number_says_so() {
        add(3, "us-east-1", "S3", "HIGH", "S3-016");
        for (String number : List.of("count", "totalCount")) {
            CheckPages pages = pages("");
            pages.accept(page(checks, LIMIT).put(number, 7));

            assertThat(pages.gaps()).containsExactly("it ended after 3 of 7: accountId eq 'a1'");
        }
        CheckPages pages = pages("");
        pages.accept(page(checks, LIMIT).put("count", "3"));
        assertThat(pages.gaps()).isEmpty();
    }

    @Test
    void each_page_begins_with_the_last_check_of_the_one_before_and_tells_whether_the_list_moved() {
        add(7, "us-east-1", "S3", "HIGH", "S3-016");
        for (boolean moves : List.of(false, true)) {
            CheckPages pages = pages("");
            Set<String> ids = new LinkedHashSet<>();

            assertThat(query(pages)).doesNotContain("skipToken");
            pages.accept(page(checks.subList(0, 3), 3).put("nextLink", "https://elsewhere/checks?top=3&skipToken=3"))
                    .forEach(check -> ids.add(check.path("id").asText()));
            assertThat(query(pages)).isEqualTo("top=3&skipToken=2");
            List<ObjectNode> second = checks.subList(moves ? 3 : 2, moves ? 6 : 5);
            pages.accept(page(second, 3).put("nextLink", "https://elsewhere/checks?top=3&skipToken=5"))
                    .forEach(check -> ids.add(check.path("id").asText()));
            if (moves) {
                assertThat(query(pages)).as("as the link said").isEqualTo("top=3&skipToken=3");
                pages.accept(page(checks.subList(4, 7), 3))
                        .forEach(check -> ids.add(check.path("id").asText()));
            } else {
                assertThat(query(pages)).isEqualTo("top=3&skipToken=4");
                pages.accept(page(checks.subList(4, 7), 3))
                        .forEach(check -> ids.add(check.path("id").asText()));
                assertThat(ids).isEqualTo(all());
            }
            assertThat(pages.hasNext()).isFalse();
            assertThat(pages.gaps()).hasSize(moves ? 1 : 0);
        }
    }

    @Test
    void a_token_that_is_no_plain_offset_is_left_as_it_is() {
        add(4, "us-east-1", "S3", "HIGH", "S3-016");
        for (String token : List.of("Mw==", "2", "33")) {
            CheckPages pages = pages("");
            query(pages);
            pages.accept(page(checks, 3).put("nextLink", "https://elsewhere/checks?skipToken=" + token));

            assertThat(query(pages)).isEqualTo("skipToken=" + token);
            assertThat(pages.accept(page(checks.subList(3, 4), 3))).hasSize(1);
            assertThat(pages.gaps()).isEmpty();
        }
    }
}
