package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.PagedApi;
import io.ticketbridge.testing.Pass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Any API with pages of JSON becomes a source by a mapping file, through the real routes up to the tickets (P40). */
class ApiSourceTest {
    private static final String OFFSET = "offset: {to: query offset}";

    @TempDir
    private Path folder;

    private Path mapping(String text) {
        return mapping("own.yaml", text);
    }

    private Path mapping(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Bridge bridge(PagedApi api, String text) {
        return bridge(api, text, Ledger.H2);
    }

    private Bridge bridge(PagedApi api, String text, Ledger ledger) {
        return Bridge.in(folder, ledger)
                .withShortWaits()
                .with("api.own.url", api.url())
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.source", "api")
                .with("flow.compliance.instance", "own")
                .with("flow.compliance.mapping", mapping(text).toString());
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void each_failing_control_gets_one_ticket_and_a_rescan_writes_nothing(Ledger ledger) {
        try (PagedApi api = PagedApi.open()
                        .lists("ssh", "one", "BAD")
                        .lists("ssh", "two", "BAD")
                        .lists("tls", "three", "BAD")
                        .lists("tls", "one", "GOOD")
                        .lists("tls", "two", "skipped");
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, "true"), ledger)) {
            Pass pass = bridge.passes();

            assertThat(pass.failure()).isEmpty();
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 3L, "unchanged", 1L, "inconclusive", 1L));
            assertThat(bridge.tickets())
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactlyInAnyOrder("ssh", "tls");
            assertThat(bridge.ticket("ssh").get("description")).contains("one", "two");

            bridge.listen();
            assertThat(bridge.passes().findings()).isEqualTo(Map.of("unchanged", 4L, "inconclusive", 1L));
            assertThat(bridge.writes()).isZero();
        }
    }

    @Test
    void by_resource_each_failing_thing_gets_one() {
        try (PagedApi api = PagedApi.open()
                        .lists("ssh", "one", "BAD")
                        .lists("tls", "one", "BAD")
                        .lists("ssh", "two", "BAD");
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, "true"))
                        .with("flow.compliance.group-by", "resource")) {
            assertThat(bridge.passes().failure()).isEmpty();

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void every_page_is_followed_in_each_way_of_paging() {
        Map<String, String> ways = Map.of(
                "offset", OFFSET,
                "pages", "page-number: {to: query page}, total: /total",
                "links", "next-link: /next",
                "cursor", "cursor: {from: /NextToken, to: body /NextToken}");
        try (PagedApi api = PagedApi.open();
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, "true"))
                        .with("flow.compliance.enabled", "false")) {
            for (int i = 0; i < 5; i++) {
                api.lists("rule " + i, "one", "BAD");
            }
            ways.forEach((kind, paging) -> {
                String text = PagedApi.mapping(kind, paging, "true");
                bridge.with("flow." + kind + ".source", "api")
                        .with("flow." + kind + ".instance", "own")
                        .with("flow." + kind + ".group-by", "control")
                        .with("flow." + kind + ".profile", "tickets")
                        .with(
                                "flow." + kind + ".mapping",
                                mapping(
                                                kind + ".yaml",
                                                kind.equals("cursor")
                                                        ? text.replace("/cursor}", "/cursor, method: POST}")
                                                        : text)
                                        .toString());
            });
            Pass pass = bridge.passes();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets())
                    .hasSize(20)
                    .extracting(ticket -> ticket.get("correlation_display"))
                    .contains("ticketbridge cursor", "ticketbridge links", "ticketbridge offset", "ticketbridge pages");
            // Two a page: without a total only an empty page says that there is no more.
            assertThat(api.requests("offset")).isEqualTo(4);
            assertThat(api.requests("pages")).isEqualTo(3);
            assertThat(api.requests("links")).isEqualTo(3);
            assertThat(api.requests("cursor")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 6, 6", "checks, 6, 1", "false, 1, 1"})
    void what_a_whole_list_does_not_name_any_more_is_gone_as_far_as_the_mapping_says(
            String complete, String ofKnownCheck, String ofVanishedCheck) {
        try (PagedApi api = PagedApi.open()
                        .lists("ssh", "one", "BAD")
                        .lists("ssh", "two", "BAD")
                        .lists("tls", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, complete))
                        .with("flow.compliance.group-by", "resource,control")) {
            bridge.passes();
            Map<String, String> known = bridge.tickets().stream()
                    .filter(ticket -> ticket.get("description").contains("two"))
                    .findFirst()
                    .orElseThrow();
            Map<String, String> vanished = bridge.ticket("tls");

            api.empty().lists("ssh", "one", "BAD");
            Pass pass = bridge.passes();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.again(known)).containsEntry("state", ofKnownCheck);
            assertThat(bridge.again(vanished)).containsEntry("state", ofVanishedCheck);
        }
    }

    @Test
    void a_list_that_is_not_whole_or_breaks_off_closes_nothing_and_what_it_said_counts() {
        try (PagedApi api = PagedApi.open()
                        .lists("ssh", "one", "BAD")
                        .lists("ssh", "two", "BAD")
                        .lists("tls", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.mapping("loop/pages", "page-number: {to: query page}", "true"))) {
            Pass pass = bridge.passes();

            assertThat(pass.failure())
                    .get()
                    .asString()
                    .contains("page 2 is the same as the one before: the API does not heed query page");
            assertThat(bridge.tickets())
                    .as("what was read is delivered")
                    .extracting(ticket -> ticket.get("short_description"))
                    .containsExactly("ssh");

            mapping(PagedApi.mapping("offset", OFFSET + ", total: /items/0/total", "true"));
            api.empty().lists("{\"rule\":\"tls\",\"thing\":\"one\",\"state\":\"BAD\",\"level\":\"low\",\"total\":7}");
            bridge.passes();
            assertThat(bridge.ticket("ssh")).containsEntry("state", "1");
        }
    }

    @Test
    void an_empty_answer_closes_nothing() {
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, "true"))) {
            bridge.passes();
            api.empty();

            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.ticket()).containsEntry("state", "1");
        }
    }

    @Test
    void a_record_that_does_not_fit_is_buried_and_replayed_with_the_mended_mapping() {
        String text = PagedApi.mapping("offset", OFFSET, "true");
        try (PagedApi api = PagedApi.open()
                        .lists("ssh", "one", "BAD")
                        .lists("{\"rule\":\"tls\",\"asset\":\"two\",\"state\":\"BAD\",\"level\":\"low\"}");
                Bridge bridge = bridge(api, text)) {
            Pass pass = bridge.passes();

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 1L, "dead", 1L));
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.error()).contains("own.yaml", "finding.resources.uid (line 8): /thing is not there");
                assertThat(letter.raw()).contains("\"asset\":\"two\"");
            });

            mapping(text.replace("{uid: /thing}", "{uid: {jq: .thing // .asset}}"));
            assertThat(bridge.engine().replay(DeadLetters.Choice.ALL)).isEmpty();
            bridge.passes();

            assertThat(bridge.deadLetters()).isEmpty();
            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void an_edited_mapping_is_taken_over_with_the_next_pass_and_a_wrong_one_is_refused() {
        String text = PagedApi.mapping("offset", OFFSET, "true");
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, text)) {
            bridge.passes();

            mapping(text.replace("check: /rule", "chek: /rule"));
            api.lists("tls", "one", "BAD");
            assertThat(bridge.passes().failure()).as("the old one goes on").isEmpty();
            assertThat(bridge.tickets()).hasSize(2);

            mapping(text.replace("title: /rule", "title: {jq: '\"Rule \" + .rule'}"));
            api.lists("ftp", "one", "BAD");
            bridge.passes();
            assertThat(bridge.ticket("Rule ftp")).isNotNull();
        }
    }

    @Test
    void a_failure_that_may_pass_is_tried_again_and_html_is_said_to_be_no_json() {
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, "true"))) {
            api.server().faults().next(2, path -> path.equals("/v1/offset"), HttpFault.answer(Answer.empty(503)));
            assertThat(bridge.passes().failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize(1);

            mapping(PagedApi.mapping("html", OFFSET, "true"));
            assertThat(bridge.passes().failure())
                    .get()
                    .asString()
                    .contains("API own answers with something that is no JSON; check ticketbridge.api.own.url");

            mapping(PagedApi.mapping("nowhere", OFFSET, "true"));
            assertThat(bridge.passes().failure())
                    .get()
                    .asString()
                    .contains("API own answers 404, {\"message\":\"no such list\"}; check ticketbridge.api.own.url");
        }
    }

    @Test
    void a_plan_reads_the_api_and_writes_nothing() {
        try (PagedApi api = PagedApi.open().lists("ssh", "one", "BAD");
                Bridge bridge = bridge(api, PagedApi.mapping("offset", OFFSET, "true"))) {
            assertThat(bridge.plan().asMap().toString()).contains("ssh");
            assertThat(bridge.tickets()).isEmpty();
        }
    }
}
