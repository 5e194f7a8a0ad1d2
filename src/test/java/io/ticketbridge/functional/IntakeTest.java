package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Findings that are sent over HTTP: durable before they are accepted (P1), closed by default (P39). */
class IntakeTest {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final String SECRET = "0123456789abcdef-secret";
    private static final String[] AUTHORISED = {"Authorization", "Bearer " + TOKEN};

    @TempDir
    private Path folder;

    private Bridge bridge(Ledger ledger) {
        return Bridge.in(folder, ledger)
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.enabled", "false")
                .with("flow.sent.source", "http")
                .with("flow.sent.profile", "tickets")
                .with("flow.sent.group-by", "control")
                .with("flow.sent.token", TOKEN)
                .with("flow.sent.hmac-secret", SECRET)
                .scheduled();
    }

    private Sender sender(Bridge bridge) {
        return new Sender(bridge.engine().intake().orElseThrow(), "sent");
    }

    private byte[] scan(String... resources) throws IOException {
        return Files.readAllBytes(Scan.of().fails("encryption", resources).write(folder));
    }

    private static String id(HttpResponse<String> response) {
        return Sender.json(response).get("id").asText();
    }

    private static JsonNode untilRead(Sender sender, String id) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(sender, id).get("status").asText().matches("read|failed"));
        return state(sender, id);
    }

    private static JsonNode state(Sender sender, String id) {
        return Sender.json(sender.get("/intake/sent/" + id, AUTHORISED));
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void what_is_sent_is_read_at_once_and_once(Ledger ledger) throws Exception {
        try (Bridge bridge = bridge(ledger)) {
            Sender sender = sender(bridge);
            byte[] body = scan("disk-1", "disk-2");

            HttpResponse<String> first = sender.post(body, AUTHORISED);

            assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
            assertThat(Sender.json(first).get("status").asText()).isEqualTo("accepted");
            JsonNode read = untilRead(sender, id(first));
            assertThat(read.get("status").asText()).isEqualTo("read");
            assertThat(read.get("read").asLong()).isEqualTo(2);
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().size() == 1);
            assertThat(bridge.count("select count(*) from intake_part")).isZero();
            assertThat(bridge.count("select count(*) from run where scan = '" + id(first) + "'"))
                    .isEqualTo(1);

            HttpResponse<String> second = sender.post(body, AUTHORISED);
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(Sender.json(second).get("status").asText()).isEqualTo("repeated");
            assertThat(id(second)).isEqualTo(id(first));

            HttpResponse<String> again = sender.post(BodyPublishers.ofByteArray(body), "?again=true", AUTHORISED);
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(id(again)).isNotEqualTo(id(first));
            untilRead(sender, id(again));

            concurrentPostsOfOneContent(bridge, sender, scan("disk-1", "disk-2", "disk-3"));
        }
    }

    private void concurrentPostsOfOneContent(Bridge bridge, Sender sender, byte[] body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<HttpResponse<String>>> posts = IntStream.range(0, 6)
                    .<Callable<HttpResponse<String>>>mapToObj(each -> () -> sender.post(body, AUTHORISED))
                    .toList();
            List<HttpResponse<String>> answers =
                    threads.invokeAll(posts).stream().map(IntakeTest::answer).toList();

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(5);
            assertThat(answers.stream().map(IntakeTest::id).distinct()).hasSize(1);
            untilRead(sender, id(answers.get(0)));
        } finally {
            threads.shutdownNow();
        }
    }

    private static HttpResponse<String> answer(Future<HttpResponse<String>> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
