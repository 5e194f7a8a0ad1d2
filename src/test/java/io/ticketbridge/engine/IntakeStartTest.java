package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.FreePort;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender that comes while it starts takes a 404 for a wrong address, and gives up. */
class IntakeStartTest {
    private static final byte[] BODY =
            Scan.of().passes("encryption", "disk-1").json().getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void who_sends_while_it_starts_is_told_to_come_again() throws Exception {
        int port = FreePort.find();
        Sender sender = new Sender(URI.create("http://127.0.0.1:" + port + "/"), "sent");
        try (SimulatedWorld world = new SimulatedWorld(folder)) {
            world.with("flow.cases.enabled", "false")
                    .with("flow.compliance.enabled", "false")
                    .with("flow.sent.source", "http")
                    .with("flow.sent.profile", "tickets")
                    .with("flow.sent.token", "0123456789abcdef")
                    .with("http.port", String.valueOf(port));
            ExecutorService threads = Executors.newSingleThreadExecutor();
            Future<List<HttpResponse<String>>> answers = threads.submit(() -> untilTaken(sender));
            try (Engine engine = world.start(true, false)) {
                assertThat(answers.get(30, TimeUnit.SECONDS)).last().returns(202, HttpResponse::statusCode);
                // The server may be heard a moment before what says that it is starting.
                assertThat(answers.get().stream().map(HttpResponse::statusCode).dropWhile(status -> status == 404))
                        .contains(503)
                        .doesNotContain(404);
                assertThat(answers.get())
                        .filteredOn(answer -> answer.statusCode() == 503)
                        .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                                .hasValue("5"));
                assertThat(sender.get("/nothing").statusCode()).isEqualTo(404);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static HttpResponse<String> post(Sender sender) {
        return sender.post(BODY, "Authorization", "Bearer 0123456789abcdef");
    }

    /** As fast as it can, from before there is anybody who answers. */
    private static List<HttpResponse<String>> untilTaken(Sender sender) {
        List<HttpResponse<String>> answers = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()
                && (answers.isEmpty() || answers.get(answers.size() - 1).statusCode() != 202)) {
            try {
                answers.add(post(sender));
            } catch (UncheckedIOException notOpenYet) {
                Thread.onSpinWait();
            }
        }
        return answers;
    }
}
