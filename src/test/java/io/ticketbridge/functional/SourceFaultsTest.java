package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ForwardClock;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Pass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Vision One falters: nothing is missed, nothing is doubled, a bad record costs only itself (P1, P4). */
class SourceFaultsTest {
    private static final Predicate<String> LIST = path -> path.endsWith("/caseManagement/cases");
    private static final Predicate<Request> SECOND_PAGE =
            request -> LIST.test(request.path()) && request.rawQuery().contains("skipToken");
    private static final int FOR_GOOD = 1000;

    @TempDir
    private Path folder;

    private static void addCases(Bridge bridge, int count) {
        IntStream.range(0, count).forEach(number -> bridge.visionOne().addCase("Case " + number, "P2"));
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_poll_that_dies_half_way_keeps_its_first_page_and_the_next_completes_it(Ledger ledger) {
        try (Bridge bridge = Bridge.in(folder, ledger).withShortWaits()) {
            addCases(bridge, 103);
            bridge.visionOne().faults().nextMatching(FOR_GOOD, SECOND_PAGE, HttpFault.cutHalfWay());

            Pass died = bridge.poll();

            assertThat(died.failure()).isPresent();
            assertThat(bridge.tickets()).hasSize(100);
            assertThat(bridge.watermark()).isEmpty();

            bridge.visionOne().faults().clear();
            Pass completed = bridge.poll();

            assertThat(completed.failure()).isEmpty();
            assertThat(completed.findings()).isEqualTo(Map.of("opened", 3L, "unchanged", 100L));
            assertThat(bridge.tickets()).hasSize(103);
            assertThat(bridge.watermark()).isPresent();
        }
    }

    @Test
    void the_watermark_of_a_poll_that_fails_stays_where_it_was() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            bridge.visionOne().addCase("Phishing", "P2");
            bridge.poll();
            String before = bridge.watermark().orElseThrow();
            bridge.visionOne().faults().next(FOR_GOOD, LIST, HttpFault.refused());

            bridge.poll();

            assertThat(bridge.watermark()).contains(before);
        }
    }

    @Test
    void what_is_read_again_in_the_overlap_is_not_doubled() {
        try (Bridge bridge = Bridge.in(folder)) {
            String id = bridge.visionOne().addCase("Phishing", "P2").id();
            bridge.visionOne().addNote(id, "An Analyst", "Seen on Monday");
            bridge.poll();
            bridge.listen();

            IntStream.range(0, 3)
                    .forEach(again -> assertThat(bridge.poll().read()).isEqualTo(1));

            assertThat(bridge.writes()).isZero();
            assertThat(bridge.notes(bridge.ticket()))
                    .filteredOn(note -> note.contains("Seen on Monday"))
                    .hasSize(1);
        }
    }

    static Stream<Arguments> badItems() {
        return Stream.of(
                Arguments.of("null", VisionOneFaults.nullItem(), "null"),
                Arguments.of("a string", VisionOneFaults.stringItem(), "CL-00005"),
                Arguments.of("no id", VisionOneFaults.itemWithoutId(), "A case without an id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badItems")
    void a_malformed_case_becomes_a_dead_letter_and_the_page_goes_on(String what, HttpFault fault, String raw) {
        try (Bridge bridge = Bridge.in(folder)) {
            addCases(bridge, 4);
            bridge.visionOne().faults().next(1, LIST, fault);

            Pass pass = bridge.poll();

            assertThat(bridge.tickets()).hasSize(4);
            assertThat(pass.findings()).isEqualTo(Map.of("opened", 4L, "dead", 1L));
            assertThat(bridge.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.raw()).contains(raw);
                assertThat(letter.error()).contains("JSON object with an id");
            });
            assertThat(bridge.watermark()).isPresent();
        }
    }

    @Test
    void an_empty_page_with_a_next_link_does_not_end_the_list() {
        try (Bridge bridge = Bridge.in(folder)) {
            addCases(bridge, 3);
            // The link must lead on, not back: to the same list under one more parameter.
            bridge.visionOne().faults().next(1, LIST, HttpFault.rewritten(page -> {
                page.putArray("items");
                page.put(
                        "nextLink",
                        "https://api.xdr.trendmicro.com/v3.0/caseManagement/cases?top=50&startDateTime=1970-01-01T00:00:00Z");
            }));

            bridge.poll();

            assertThat(bridge.tickets()).hasSize(3);
        }
    }

    @Test
    void a_next_link_that_leads_back_fails_the_run_and_keeps_what_was_read() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            addCases(bridge, 103);
            bridge.visionOne().faults().nextMatching(FOR_GOOD, SECOND_PAGE, VisionOneFaults.repeatedPage());

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isPresent();
            assertThat(pass.failure().get()).contains("leads back");
            assertThat(bridge.tickets()).hasSizeGreaterThanOrEqualTo(100);
            assertThat(bridge.watermark()).isEmpty();
        }
    }

    @Test
    void no_items_at_all_is_an_empty_page() {
        try (Bridge bridge = Bridge.in(folder)) {
            addCases(bridge, 2);
            bridge.visionOne().faults().next(1, LIST, VisionOneFaults.itemsNull());

            assertThat(bridge.poll().read()).isZero();
            bridge.poll();

            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    @Test
    void numbers_as_strings_and_unknown_fields_and_values_are_taken() {
        try (Bridge bridge = Bridge.in(folder)) {
            addCases(bridge, 6);
            bridge.visionOne().faults().next(1, LIST, VisionOneFaults.numbersAsStrings());
            bridge.poll();
            bridge.visionOne().faults().next(1, LIST, VisionOneFaults.unknownFieldsAndValues(1));

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize(6);
        }
    }

    @Test
    void a_number_where_a_text_is_due_is_taken_as_its_text() {
        // In step, the ticket would get the case's own name as soon as the case itself is read.
        try (Bridge bridge = Bridge.in(folder).with("flow.cases.sync-back", "false")) {
            addCases(bridge, 1);
            bridge.visionOne().faults().next(1, LIST, HttpFault.rewritten(page -> ((ObjectNode)
                            page.path("items").get(0))
                    .put("name", 4711)));

            bridge.poll();

            assertThat(bridge.ticket()).containsEntry("short_description", "4711");
        }
    }

    @ParameterizedTest
    @MethodSource("passing")
    void a_fault_that_passes_is_waited_out(String name, HttpFault fault) {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            addCases(bridge, 2);
            bridge.visionOne().faults().next(2, path -> true, fault);

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize(2);
        }
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("503", VisionOneFaults.serverError(503)),
                Arguments.of("500", VisionOneFaults.serverError(500)),
                Arguments.of("491 of a gateway", VisionOneFaults.serverError(491)),
                Arguments.of("522 before it", HttpFault.htmlPage(522)),
                Arguments.of("429 that does not say when", VisionOneFaults.tooManyRequestsWithoutHeaders()),
                Arguments.of("no answer", HttpFault.lostAnswer()),
                Arguments.of("half an answer", HttpFault.cutHalfWay()),
                Arguments.of("a proxy's page", HttpFault.htmlPage(502)));
    }

    /** As Vision One says of its limits: it counts 60 seconds, and answers nothing until they have fewer requests (P1). */
    @Test
    void a_backlog_larger_than_the_limit_of_a_minute_gets_through_in_one_pass() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits().with("flow.cases.sync-back", "false")) {
            addCases(bridge, 25);
            bridge.visionOne().faults().always(contentsOf(""), tenRequestsAMinute());

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isEmpty();
            assertThat(bridge.tickets()).hasSize(25);
            assertThat(bridge.watermark()).isPresent();
            assertThat(bridge.visionOne().requests().all())
                    .filteredOn(request -> request.status() == 429)
                    .as("refused by the limit")
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    /** Its time goes as in the field: an answer takes a tenth of a second, and a wait what it takes without short waits. */
    private static HttpFault tenRequestsAMinute() {
        ForwardClock clock = new ForwardClock();
        HttpFault limit = VisionOneFaults.rateLimit(clock, 10, false);
        AtomicReference<Instant> refused = new AtomicReference<>();
        return (request, simulator) -> {
            Instant before = refused.getAndSet(null);
            clock.advance(
                    before == null
                            ? Duration.ofMillis(100)
                            : Duration.between(before, Instant.now()).multipliedBy(Bridge.SHORTENED));
            Answer answer = limit.apply(request, simulator);
            if (answer.status() == 429) {
                refused.set(Instant.now());
            }
            return answer;
        };
    }

    @Test
    void the_wait_that_a_429_names_is_kept() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            addCases(bridge, 1);
            bridge.engine();
            bridge.visionOne().faults().next(1, LIST, VisionOneFaults.tooManyRequests(2));
            Instant before = Instant.now();

            bridge.poll();

            assertThat(bridge.tickets()).hasSize(1);
            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }

    private static Predicate<String> contentsOf(String... ids) {
        return path -> path.endsWith("/contents") && Stream.of(ids).anyMatch(path::contains);
    }

    @Test
    void a_case_whose_notes_cannot_be_read_keeps_no_other_from_being_read() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            addCases(bridge, 4);
            String mute = bridge.visionOne().addCase("Mute", "P2").id();
            String merged = bridge.visionOne().addCase("Merged", "P2").id();
            bridge.visionOne().faults().next(FOR_GOOD, contentsOf(mute), VisionOneFaults.serverError(500));
            bridge.visionOne()
                    .faults()
                    .next(FOR_GOOD, contentsOf(merged), HttpFault.answer(Answer.text(404, "application/json", "{}")));

            Pass pass = bridge.poll();

            assertThat(pass.findings()).isEqualTo(Map.of("opened", 4L, "dead", 2L));
            assertThat(bridge.watermark()).isPresent();
            assertThat(bridge.deadLetters())
                    .anySatisfy(letter -> assertThat(letter.error()).contains("The notes of " + mute, "500"))
                    .anySatisfy(letter -> assertThat(letter.error()).contains("The notes of " + merged, "404"));

            bridge.visionOne().faults().clear();
            assertThat(bridge.poll().findings()).containsEntry("opened", 2L);
            assertThat(bridge.deadLetters()).as("what came after all").isEmpty();
        }
    }

    @Test
    void notes_that_can_be_read_of_no_case_fail_the_poll_and_leave_the_watermark() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            addCases(bridge, 1);
            bridge.visionOne().faults().next(FOR_GOOD, contentsOf(""), VisionOneFaults.serverError(500));

            assertThat(bridge.poll().failure().orElseThrow()).contains("Notes can't be read", "500");
            addCases(bridge, 9);
            long before = bridge.visionOne().requests().count();
            assertThat(bridge.poll().failure().orElseThrow()).contains("Notes can't be read", "500");

            assertThat(bridge.visionOne().requests().count() - before)
                    .as("one page, and three cases six times each")
                    .isEqualTo(19);
            assertThat(bridge.watermark()).isEmpty();
            assertThat(bridge.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_refused_key_fails_the_run_at_once_and_says_what_to_check() {
        try (Bridge bridge = Bridge.in(folder)) {
            addCases(bridge, 1);
            bridge.with("vision-one.token", "a-wrong-key");

            Pass pass = bridge.poll();

            assertThat(pass.failure().orElseThrow())
                    .contains("401", "check the token")
                    .doesNotContain("a-wrong-key");
            assertThat(bridge.visionOne().requests().count()).isEqualTo(1);
        }
    }

    @Test
    void a_page_of_html_with_status_200_fails_the_run_and_leaves_the_watermark() {
        try (Bridge bridge = Bridge.in(folder).withShortWaits()) {
            addCases(bridge, 1);
            bridge.visionOne().faults().next(FOR_GOOD, LIST, HttpFault.htmlPage(200));

            Pass pass = bridge.poll();

            assertThat(pass.failure()).isPresent();
            assertThat(bridge.watermark()).isEmpty();
            assertThat(bridge.tickets()).isEmpty();
        }
    }

    @Test
    void json_that_does_not_end_fails_the_run_at_once_and_the_next_pass_reads_it() {
        try (Bridge bridge = Bridge.in(folder)) {
            addCases(bridge, 2);
            bridge.visionOne().faults().next(1, LIST, HttpFault.brokenJson());

            assertThat(bridge.poll().failure()).isPresent();
            assertThat(bridge.visionOne().requests().count()).isEqualTo(1);

            assertThat(bridge.poll().findings()).isEqualTo(Map.of("opened", 2L));
        }
    }

    @Test
    void with_a_clock_ahead_of_the_sources_the_position_goes_by_the_sources() throws IOException {
        Instant there = Instant.now().minus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.SECONDS);
        try (Bridge bridge = Bridge.in(folder);
                ServerSocket visionOne = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread answering = new Thread(() -> answerWithoutCases(visionOne, there));
            answering.start();
            bridge.with("vision-one.url", "http://127.0.0.1:" + visionOne.getLocalPort());

            bridge.poll();

            assertThat(Instant.parse(bridge.watermark().orElseThrow()))
                    .isBetween(there.minusSeconds(1), there.plusSeconds(60));
        }
    }

    /** The simulators' server dates its answers by this machine's clock, whatever anybody says. */
    private static void answerWithoutCases(ServerSocket server, Instant now) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
        String answer = "HTTP/1.1 200 OK\r\nDate: " + date
                + "\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"items\":[]}";
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = "."; line != null && !line.isEmpty(); line = request.readLine()) {}
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The test is over.
            }
        }
    }
}
