package io.ticketbridge.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.http.SimulatorServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink against a server that answers as Ticketbridge's intake does. */
class TicketbridgeSinkTest {
    private static final String TOKEN = "a+token&with=signs%41";
    private static final String FINDING = "{\"class_uid\":2003,\"message\":\"Größe ${body}\"}";

    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final SimulatorServer ticketbridge =
            SimulatorServer.start("ticketbridge", 0, Clock.systemUTC(), this::answer);
    private final KameletWorld world = new KameletWorld();

    @AfterEach
    void stop() {
        world.close();
        ticketbridge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {FINDING, "[" + FINDING + "," + FINDING + "]", FINDING + "\n" + FINDING + "\n", "[]"})
    void findings_arrive_as_they_are_for_the_flow_with_its_token(String findings) {
        sink(Map.of());

        Exchange done = world.send(findings, Map.of());

        assertThat(done.getException()).isNull();
        Request request = requests.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/intake/compliance");
        assertThat(request.query()).containsExactly(Map.entry("complete", "false"));
        assertThat(request.header("Authorization")).contains("Bearer " + TOKEN);
        assertThat(request.header("Content-Type")).contains("application/json");
        assertThat(request.text()).isEqualTo(findings);
        assertThat(done.getMessage().getBody(String.class)).contains("\"accepted\"");
        assertThat(done.getMessage().getHeader("Location")).isEqualTo("/intake/compliance/1");
    }

    @Test
    void gzip_stays_gzip() throws IOException {
        sink(Map.of());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(FINDING.getBytes(StandardCharsets.UTF_8));
        }

        world.send(packed.toByteArray(), Map.of());

        assertThat(requests.get(0).body()).isEqualTo(packed.toByteArray());
    }

    @Test
    void a_whole_scan_is_called_one() {
        sink(Map.of("complete", "true"));

        world.send(FINDING, Map.of());

        assertThat(requests.get(0).query()).containsEntry("complete", "true");
    }

    @Test
    void headers_of_a_message_neither_choose_the_destination_nor_leave_with_it() {
        sink(Map.of());

        Exchange done = world.send(
                FINDING,
                Map.of(
                        "CamelHttpUri", "http://127.0.0.1:1/elsewhere",
                        "CamelHttpPath", "/elsewhere",
                        "CamelHttpQuery", "complete=true",
                        "CamelHttpMethod", "DELETE",
                        "Authorization", "Bearer of another",
                        "X-Internal", "secret of another"));

        assertThat(done.getException()).isNull();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).path()).isEqualTo("/intake/compliance");
        assertThat(requests.get(0).query()).containsExactly(Map.entry("complete", "false"));
        assertThat(requests.get(0).header("Authorization")).contains("Bearer " + TOKEN);
        assertThat(requests.get(0).header("X-Internal")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void asked_to_come_again_it_waits_and_sends_the_same_bytes(int status) {
        sink(Map.of());
        answers.add(problem(status, "Later.").with("Retry-After", "1"));
        answers.add(problem(status, "Later.").with("Retry-After", "1"));

        long begin = System.nanoTime();
        Exchange done = world.send(new ByteArrayInputStream(FINDING.getBytes(StandardCharsets.UTF_8)), Map.of());

        assertThat(done.getException()).isNull();
        assertThat(requests).hasSize(3).allMatch(request -> request.text().equals(FINDING));
        assertThat(System.nanoTime() - begin).isGreaterThan(1_900_000_000L);
    }

    /** Camel's HTTP client repeats each of these requests once, unasked. */
    @Test
    void it_comes_again_only_so_often() {
        sink(Map.of("retries", "1"));
        for (int i = 0; i < 8; i++) {
            answers.add(problem(429, "Still too many.").with("Retry-After", "1"));
        }

        Exchange done = world.send(FINDING, Map.of());

        assertThat(requests).hasSizeBetween(2, 4);
        assertThat(done.getException())
                .hasMessage("Ticketbridge answered 429 to findings for flow compliance: Still too many.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|line 3, column 14: an object is not closed ${exception}",
                "401|Show the flow's token as Authorization: Bearer TOKEN",
                "413|A body has at most 100000000 bytes: send it in parts",
                "500|Something failed; the log says what."
            })
    void what_is_refused_fails_with_the_words_of_ticketbridge(int status, String words) {
        sink(Map.of());
        answers.add(problem(status, words));

        Exchange done = world.send(FINDING, Map.of());

        assertThat(requests).hasSize(1);
        assertThat(done.getException())
                .hasMessage("Ticketbridge answered " + status + " to findings for flow compliance: " + words);
        assertThat(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(status);
    }

    @Test
    void the_page_of_a_proxy_fails_it_too() {
        sink(Map.of());
        answers.add(Answer.text(502, "text/html", "<html>bad gateway</html>"));

        assertThat(world.send(FINDING, Map.of()).getException())
                .hasMessage("Ticketbridge answered 502 to findings for flow compliance: no reason given");
    }

    @Test
    void the_token_is_in_no_log_and_on_no_message_that_failed() {
        sink(Map.of());
        answers.add(problem(401, "Show the flow's token."));
        try (CapturedLog log = new CapturedLog()) {
            Exchange refused = world.send(FINDING, Map.of());
            ticketbridge.close();
            Exchange unreachable = world.send(FINDING, Map.of());

            for (Exchange failed : List.of(refused, unreachable)) {
                assertThat(failed.getException()).isNotNull();
                assertThat(failed.getMessage().getHeaders().toString() + failed.getVariables() + failed.getException())
                        .doesNotContain("a+token");
            }
            assertThat(log.lines(Level.ERROR)).anyMatch(line -> line.contains("Show the flow's token."));
            assertThat(log.lines(Level.TRACE))
                    .noneMatch(line -> line.contains("a+token") || line.contains("a%2Btoken"));
        }
    }

    @Test
    void several_sinks_fit_into_one_camel() {
        sink(Map.of());
        world.route("direct:other", exchange -> exchange.getContext()
                .createProducerTemplate()
                .send(
                        KameletWorld.kamelet(
                                "ticketbridge-sink",
                                Map.of("url", ticketbridge.url(), "flow", "other", "token", TOKEN)),
                        exchange));

        assertThat(world.send(FINDING, Map.of()).getException()).isNull();
        assertThat(world.sendTo("direct:other", FINDING, Map.of()).getException())
                .isNull();
        assertThat(requests.stream().map(Request::path)).containsExactly("/intake/compliance", "/intake/other");
    }

    private void sink(Map<String, String> more) {
        Map<String, String> properties =
                new LinkedHashMap<>(Map.of("url", ticketbridge.url(), "flow", "compliance", "token", TOKEN));
        properties.putAll(more);
        world.send(KameletWorld.kamelet("ticketbridge-sink", properties));
    }

    private Answer answer(Request request) {
        requests.add(request);
        Answer next = answers.poll();
        return next != null
                ? next
                : Answer.text(202, "application/json", "{\"id\":\"1\",\"status\":\"accepted\"}")
                        .with("Location", request.path() + "/1");
    }

    private static Answer problem(int status, String detail) {
        return Answer.text(
                status,
                "application/problem+json",
                new ObjectMapper()
                        .createObjectNode()
                        .put("status", status)
                        .put("detail", detail)
                        .toString());
    }
}
