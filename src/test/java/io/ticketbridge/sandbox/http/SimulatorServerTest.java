package io.ticketbridge.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.testing.HandClock;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorServerTest {
    private final HandClock clock = new HandClock("2026-11-02T10:00:00Z");
    private final SimulatorServer server = SimulatorServer.start(
            "simulator-under-test",
            0,
            clock,
            request -> Answer.text(
                    200, "text/plain", request.method() + request.path() + request.query() + request.text()));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_listens_on_loopback_only() {
        assertThat(server.url()).matches("http://127\\.0\\.0\\.1:\\d+");
        int port = Integer.parseInt(server.url().replaceAll(".*:", ""));
        assertThatThrownBy(() -> SimulatorServer.start("second", port, clock, request -> Answer.empty(200)))
                .hasMessage("127.0.0.1:" + port + " cannot be listened on; name another port");
    }

    @Test
    void queries_and_bodies_arrive_decoded() {
        assertThat(Call.to(server.url() + "/a%20b?q=x%26y+z&q2=")
                        .send("POST", "–body")
                        .text())
                .isEqualTo("POST/a b{q=x&y z, q2=}–body");
    }

    @Test
    void every_request_of_many_clients_is_logged_once() {
        CompletableFuture.allOf(IntStream.range(0, 200)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> Call.to(server.url() + "/" + i).send(i % 4 == 0 ? "PUT" : "GET", "x")))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(server.requests().count()).isEqualTo(200);
        assertThat(server.requests().countWrites()).isEqualTo(50);
        assertThat(server.requests().all()).extracting(RecordedRequest::path).doesNotHaveDuplicates();
    }

    @Test
    void credentials_and_bodies_stay_out_of_a_requests_line() {
        Call.to(server.url() + "/x").bearer("secret-token").send("POST", "secret-body");

        RecordedRequest recorded = server.requests().all().get(0);
        assertThat(recorded.headers()).containsEntry("authorization", "Bearer secret-token");
        assertThat(recorded.toString()).isEqualTo("1 POST /x -> 200");
    }

    @Test
    void a_refused_request_does_nothing_and_a_standing_fault_is_around_the_others() {
        server.faults().next(1, path -> true, HttpFault.refused());
        server.faults()
                .always("/limited"::equals, new RateLimit(clock, 1, Duration.ofMinutes(1), wait -> Answer.empty(429)));

        // Not a GET: the client would repeat it without a word.
        assertThatThrownBy(() -> Call.to(server.url() + "/limited").send("POST", "x"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(Call.to(server.url() + "/limited").get().status()).isEqualTo(429);
        server.faults().clear();
        assertThat(Call.to(server.url() + "/limited").get().status()).isEqualTo(200);
        assertThat(server.requests().all()).extracting(RecordedRequest::status).isEqualTo(List.of(0, 429, 200));
    }

    @Test
    void a_slow_answer_comes_after_its_wait() {
        server.faults().next(1, path -> true, HttpFault.slow(Duration.ofMillis(150), HttpFault.htmlPage(502)));
        long start = System.nanoTime();

        assertThat(Call.to(server.url()).get().status()).isEqualTo(502);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void a_failing_simulator_answers_500() {
        server.faults().next(1, path -> true, (request, simulator) -> {
            throw new IllegalStateException("broken");
        });

        assertThat(Call.to(server.url()).get().text()).contains("The simulator failed", "broken");
    }

    @Test
    void a_fault_that_no_request_met_is_named_also_when_it_is_off_by_now() {
        HttpFaults faults = server.faults();
        HttpFault busy = HttpFault.htmlPage(503).named("busy");
        faults.next(2, "/once"::equals, busy);
        faults.next(1, "/never"::equals, busy);
        faults.always("/always"::equals, busy);
        Runnable off = faults.always("/nowhere"::equals, busy);
        faults.atRate(0, 1, busy);
        assertThat(faults.unused()).containsExactly("1. busy", "2. busy", "3. busy", "4. busy");

        Call.to(server.url() + "/once").get();
        Call.to(server.url() + "/always").get();
        off.run();
        faults.clear();
        Call.to(server.url() + "/never").get();

        assertThat(faults.unused()).containsExactly("2. busy", "4. busy");
    }
}
