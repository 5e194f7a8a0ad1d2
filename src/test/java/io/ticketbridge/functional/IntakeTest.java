package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.intake.Intakes;
import io.ticketbridge.ledger.intake.Intakes.Sent;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.FreePort;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
                .with("flow.sent.hmac-secret", SECRET);
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
        try (Bridge bridge = bridge(ledger).scheduled()) {
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

    @Test
    void what_was_accepted_before_a_kill_is_read_by_the_next_process() throws Exception {
        int port = FreePort.find();
        try (Bridge bridge = bridge(Ledger.H2).scheduled().with("http.port", String.valueOf(port))) {
            String id;
            try (ChildProcess run = ChildProcess.start(
                    folder, "run", "--config", bridge.config().toString())) {
                run.awaitErr("Findings can be sent");
                Sender sender = new Sender(URI.create("http://127.0.0.1:" + port), "sent");
                HttpResponse<String> answer = sender.post(large(), AUTHORISED);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                run.kill();
                id = id(answer);
            }
            assertThat(bridge.countBeside("select count(*) from intake where state in ('waiting', 'reading')"))
                    .isEqualTo(1);

            // A schedule that never comes round: what is left over is read all the same.
            bridge.with("flow.sent.poll", "0 0 0 1 1 ? 2099");
            JsonNode read = untilRead(sender(bridge), id);
            assertThat(read.get("status").asText()).isEqualTo("read");
            assertThat(read.get("read").asLong()).isEqualTo(RECORDS);
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Ledger.class)
    void a_batch_closes_nothing_by_absence_and_a_complete_scan_does(Ledger ledger) throws Exception {
        try (Bridge bridge = bridge(ledger).scheduled().with("flow.sent.group-by", "resource")) {
            Sender sender = sender(bridge);
            untilRead(sender, id(sender.post(scan("disk-1", "disk-2"), AUTHORISED)));
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().size() == 2);

            byte[] body = scan("disk-1");
            String batch = id(sender.post(body, AUTHORISED));
            untilRead(sender, batch);
            await().atMost(Duration.ofSeconds(30)).until(bridge.engine().owing()::isSettled);
            assertThat(bridge.tickets()).allSatisfy(ticket -> assertThat(ticket).containsEntry("state", "1"));

            // It says more than before, so it is no repetition; the other way round it is one.
            HttpResponse<String> whole = sender.post(BodyPublishers.ofByteArray(body), "?complete=true", AUTHORISED);
            assertThat(whole.statusCode()).isEqualTo(202);
            untilRead(sender, id(whole));
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.tickets().stream()
                    .anyMatch(ticket -> ticket.get("state").equals("6")));
            assertThat(bridge.tickets())
                    .filteredOn(ticket -> ticket.get("state").equals("1"))
                    .hasSize(1);
            assertThat(sender.post(body, AUTHORISED).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_waits_is_planned_without_being_consumed_and_read_by_a_single_pass() throws Exception {
        try (Bridge bridge = bridge(Ledger.H2)) {
            byte[] large = large();
            Intakes intakes = new Intakes(bridge.engine().database(), Clock.systemUTC());
            Sent sent = new Sent("sent", "00", false, false, large.length, false);
            intakes.keep(sent, () -> new ByteArrayInputStream(large));
            assertThat(bridge.count("select count(*) from intake_part")).isGreaterThan(1);

            assertThat(bridge.plan().counts()).containsEntry("opened", 1L);
            assertThat(bridge.plan().accounts()).hasSize(1);
            assertThat(CommandRun.of("status", "--config", bridge.config().toString())
                            .out())
                    .contains("sent: 1 sent over HTTP, not read yet");

            Account account = bridge.passes().accounts().get(0);
            assertThat(account.read()).isEqualTo(RECORDS);
            assertThat(bridge.count("select count(*) from intake_part")).isZero();
            assertThat(bridge.passes().accounts()).isEmpty();
        }
    }

    private static final int RECORDS = 3000;

    /** Random enough to need several parts. */
    private static byte[] large() {
        Scan scan = Scan.of();
        Random random = new Random(7);
        for (int each = 0; each < RECORDS; each++) {
            byte[] noise = new byte[150];
            random.nextBytes(noise);
            scan.saying(Base64.getEncoder().encodeToString(noise)).fails("encryption", "disk-" + each);
        }
        return scan.json().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_flow_takes_so_many_in_a_minute_and_counts_what_it_takes() throws Exception {
        int port = FreePort.find();
        try (Bridge bridge = bridge(Ledger.H2)
                .scheduled()
                .with("http.intake-requests-per-minute", "3")
                .with("http.management-port", String.valueOf(port))) {
            Sender sender = sender(bridge);
            byte[] body = scan("disk-1");
            sender.post(body, AUTHORISED);
            sender.post(body, AUTHORISED);
            sender.post(new byte[] {'?'}, AUTHORISED);

            HttpResponse<String> fourth = sender.post(body, AUTHORISED);
            assertThat(fourth.statusCode()).isEqualTo(429);
            assertThat(fourth.headers().firstValueAsLong("retry-after").orElseThrow())
                    .isPositive();
            byte[] signed = scan("disk-2");
            assertThat(sender.post(signed, "X-Hub-Signature-256", Sender.signature(SECRET, signed))
                            .statusCode())
                    .as("who has proven nothing yet can't use up what others may send, nor the other way round")
                    .isEqualTo(202);
            sender.post(body, "Authorization", "Bearer wrong");

            String metrics = new Sender(URI.create("http://127.0.0.1:" + port), "")
                    .get("/observe/metrics")
                    .body();
            assertThat(metrics)
                    .contains("ticketbridge_intakes_total{flow=\"sent\",outcome=\"accepted\"} 2.0")
                    .contains("ticketbridge_intakes_total{flow=\"sent\",outcome=\"repeated\"} 1.0")
                    .contains("ticketbridge_intakes_refused_total{flow=\"sent\",reason=\"rate\"} 1.0")
                    .contains("ticketbridge_intakes_refused_total{flow=\"sent\",reason=\"format\"} 1.0")
                    .contains("ticketbridge_intakes_refused_total{flow=\"sent\",reason=\"credential\"} 1.0")
                    .contains("ticketbridge_intakes_waiting{flow=\"sent\"}");
        }
    }

    @Test
    void what_the_ledger_can_t_keep_is_not_accepted() throws Exception {
        long start = System.currentTimeMillis();
        try (Bridge bridge = bridge(Ledger.POSTGRESQL).scheduled()) {
            Sender sender = sender(bridge);
            bridge.engine().database().close();

            HttpResponse<String> answer = sender.post(scan("disk-1"), AUTHORISED);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow())
                    .isPositive();
            assertThat(answer.body()).doesNotContain("Hikari", "jdbc");
        }
        // Other processes may have such files, of their own and for a moment.
        await().atMost(Duration.ofSeconds(30)).until(() -> arrivingSince(start).isEmpty());
    }

    private static List<File> arrivingSince(long start) {
        File[] files = new File(System.getProperty("java.io.tmpdir"))
                .listFiles(file -> file.getName().startsWith("ticketbridge-intake") && file.lastModified() >= start);
        return List.of(files);
    }
}
