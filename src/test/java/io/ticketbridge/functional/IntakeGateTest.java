package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send findings over HTTP, and what is refused before it is accepted (P39). One ticketbridge, which gets no findings. */
class IntakeGateTest {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final String SECRET = "0123456789abcdef-secret";
    private static final String[] AUTHORISED = {"Authorization", "Bearer " + TOKEN};
    private static final String SIGNATURE = "X-Hub-Signature-256";

    @TempDir
    private static Path folder;

    private static Bridge bridge;
    private static int posts;

    @BeforeAll
    static void start() {
        bridge = Bridge.in(folder)
                .with("flow.cases.enabled", "false")
                .with("flow.compliance.enabled", "false")
                .with("flow.sent.source", "http")
                .with("flow.sent.profile", "tickets")
                .with("flow.sent.token", TOKEN)
                .with("flow.signed.source", "http")
                .with("flow.signed.profile", "tickets")
                .with("flow.signed.hmac-secret", SECRET)
                .with("flow.off.source", "http")
                .with("flow.off.profile", "tickets")
                .with("flow.off.token", TOKEN)
                .with("flow.off.enabled", "false")
                .with("http.intake-max-size", "100000")
                .scheduled();
        bridge.engine();
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    /** So that nobody has to wait for what another test got wrong. */
    @BeforeEach
    void later() {
        bridge.later(Duration.ofHours(1));
    }

    private static Sender to(String flow) {
        return new Sender(bridge.engine().intake().orElseThrow(), flow);
    }

    /** Another one each time. */
    private static byte[] scan() {
        return Scan.of().passes("encryption", "disk-" + posts++).json().getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(Sender.json(response).get("status").asInt()).isEqualTo(status);
        assertThat(response.headers().map()).doesNotContainKeys("authorization", "host", "user-agent");
    }

    @Test
    void a_wrong_token_and_an_unknown_flow_are_answered_alike() {
        String[] wrong = {"Authorization", "Bearer 0123456789abcdef-wrong"};
        HttpResponse<String> known = to("sent").post(scan(), wrong);
        HttpResponse<String> unknown = to("nothing").post(scan(), wrong);
        HttpResponse<String> off = to("off").post(scan(), AUTHORISED);

        assertRefused(known, 401);
        assertRefused(unknown, 401);
        assertRefused(off, 401);
        assertThat(unknown.body()).isEqualTo(known.body()).isEqualTo(off.body());
        assertThat(unknown.headers().firstValue("www-authenticate"))
                .isEqualTo(known.headers().firstValue("www-authenticate"))
                .isPresent();
    }

    @Test
    void nobody_is_let_in_without_a_credential() {
        assertRefused(to("sent").post(scan()), 401);
        assertRefused(to("sent").post(scan(), "Authorization", "Basic dXNlcjpwYXNz"), 401);
        assertRefused(to("sent").get("/intake/sent/00000000-0000-0000-0000-000000000001"), 401);
        assertRefused(to("signed").post(scan(), "Authorization", "Bearer " + SECRET), 401);
        assertRefused(to("sent").post(scan(), "Authorization", "Bearer " + TOKEN, "Authorization", "Bearer x"), 401);
    }

    @Test
    void wrong_tokens_make_their_sender_wait_and_nobody_else() {
        String[] wrong = {"Authorization", "Bearer 0123456789abcdef-wrong"};
        for (int tries = 0; tries < 6; tries++) {
            to("sent").post(scan(), wrong);
        }

        HttpResponse<String> right = to("sent").post(scan(), AUTHORISED);
        assertRefused(right, 429);
        assertThat(right.headers().firstValueAsLong("retry-after").orElseThrow())
                .isPositive();
        byte[] body = scan();
        assertThat(to("signed")
                        .post(body, SIGNATURE, Sender.signature(SECRET, body))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void guessing_at_a_thousand_made_up_flows_ends_no_wait() throws IOException, InterruptedException {
        String[] wrong = {"Authorization", "Bearer 0123456789abcdef-wrong"};
        assertThat(to("sent").post(scan(), AUTHORISED).statusCode()).isEqualTo(202);
        for (int tries = 0; tries < 4; tries++) {
            to("sent").post(scan(), wrong);
        }
        HttpClient client = HttpClient.newHttpClient();
        URI intake = bridge.engine().intake().orElseThrow();
        for (int i = 0; i < 1001; i++) {
            client.send(
                    HttpRequest.newBuilder(intake.resolve("/intake/made-up-" + i))
                            .headers(wrong)
                            .POST(BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        to("sent").post(scan(), wrong);

        assertRefused(to("sent").post(scan(), AUTHORISED), 429);
    }

    @Test
    void a_signature_is_of_the_bytes_as_they_are_sent() {
        byte[] plain = scan();
        byte[] packed = Sender.gzip(scan());

        assertThat(to("signed")
                        .post(plain, SIGNATURE, Sender.signature(SECRET, plain))
                        .statusCode())
                .isEqualTo(202);
        HttpResponse<String> zipped =
                to("signed").post(packed, SIGNATURE, Sender.signature(SECRET, packed), "Content-Encoding", "gzip");
        assertThat(zipped.statusCode()).isEqualTo(202);
        assertRefused(to("signed").post(scan(), SIGNATURE, Sender.signature(SECRET, plain)), 401);
        assertRefused(to("signed").post(plain, SIGNATURE, Sender.signature("another-secret-16", plain)), 401);
        assertRefused(to("signed").post(plain, SIGNATURE, "sha256=00"), 401);
        assertRefused(to("nothing").post(plain, SIGNATURE, Sender.signature(SECRET, plain)), 401);

        String path = zipped.headers().firstValue("location").orElseThrow();
        assertThat(to("signed")
                        .get(path, SIGNATURE, Sender.signature(SECRET, path.getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(200);
        assertRefused(to("signed").get(path, SIGNATURE, Sender.signature(SECRET, new byte[0])), 401);
    }

    private static HttpResponse<String> signed(byte[] body, String query, String signedAhead) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(signedAhead.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return to("signed")
                .post(BodyPublishers.ofByteArray(body), query, SIGNATURE, Sender.signature(SECRET, all.toByteArray()));
    }

    @Test
    void a_signature_covers_the_flags_so_that_nobody_repeats_a_body_with_others() {
        byte[] body = scan();
        assertThat(signed(body, "", "").statusCode()).isEqualTo(202);

        assertRefused(signed(body, "?again=true", ""), 401);
        assertRefused(signed(body, "?complete=true", ""), 401);
        assertRefused(signed(body, "?complete", "/intake/signed?again\n"), 401);
        assertRefused(signed(body, "", "/intake/signed?complete=true\n"), 401);
        bridge.later(Duration.ofHours(1));
        assertThat(signed(body, "?complete=true", "/intake/signed?complete=true\n")
                        .statusCode())
                .isEqualTo(202);
        assertThat(signed(scan(), "?complete=true&again=true", "/intake/signed?complete=true&again=true\n")
                        .statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "'<html>', 'line 1, column 1: HTML or XML'",
        "'', 'line 1, column 1: the file is empty'",
        "'key,value', 'line 1, column 1: not JSON'",
        "'\n\n  null', 'line 3, column 3: not JSON'"
    })
    void what_is_no_json_is_refused_with_its_place(String body, String cause) {
        HttpResponse<String> response = to("sent").post(body.getBytes(StandardCharsets.UTF_8), AUTHORISED);

        assertRefused(response, 400);
        assertThat(Sender.json(response).get("detail").asText()).contains(cause);
    }

    @Test
    void damaged_gzip_is_refused() {
        byte[] packed = Sender.gzip(scan());
        byte[] cut = Arrays.copyOf(packed, packed.length - 12);

        assertRefused(to("sent").post(cut, AUTHORISED), 400);
        assertThat(to("sent").post(packed, AUTHORISED).statusCode()).isEqualTo(202);
    }

    @Test
    void what_is_too_large_is_refused_as_it_is_sent_and_unpacked() {
        byte[] large = ("[" + " ".repeat(200_000) + "]").getBytes(StandardCharsets.UTF_8);

        assertRefused(to("sent").post(large, AUTHORISED), 413);
        assertRefused(
                to("sent").post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)), "", AUTHORISED),
                413);
        HttpResponse<String> bomb = to("sent").post(Sender.gzip(large), AUTHORISED);
        assertRefused(bomb, 413);
        assertThat(Sender.json(bomb).get("detail").asText()).contains("http.intake-max-size");
        // Endless, and from a stranger: answered all the same.
        InputStream endless = new InputStream() {
            private int left = 30_000_000;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }
        };
        assertRefused(to("sent").post(BodyPublishers.ofInputStream(() -> endless), ""), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html"})
    void other_content_is_refused_by_its_type(String type) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        bridge.engine().intake().orElseThrow().resolve("/intake/sent"))
                .headers(AUTHORISED)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(scan()));

        assertRefused(HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()), 415);
    }

    @Test
    void every_format_of_files_is_taken() {
        String record = Scan.of().passes("encryption", "disk-formats").json();
        String one = record.substring(1, record.length() - 1);
        for (String body : new String[] {
            record, "{\"Findings\": " + record + "}", one + "\n" + one + "\n", "\uFEFF" + record + "\n"
        }) {
            assertThat(to("sent")
                            .post(body.getBytes(StandardCharsets.UTF_8), AUTHORISED)
                            .statusCode())
                    .isEqualTo(202);
            assertThat(to("sent")
                            .post(Sender.gzip(body.getBytes(StandardCharsets.UTF_8)), AUTHORISED)
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void the_console_answers_beside_it() {
        assertThat(to("sent").get("/").statusCode()).isEqualTo(200);
        assertThat(to("sent").get("/intakes").statusCode()).isEqualTo(404);
        assertRefused(to("sent").get("/intake/"), 404);
        assertRefused(to("sent").get("/intake/sent"), 405);
        assertRefused(to("sent").get("/intake/sent/not-an-id", AUTHORISED), 404);
        assertRefused(to("sent").get("/intake/sent/00000000-0000-0000-0000-000000000001", AUTHORISED), 404);
        // By whatever name a proxy asks: a page elsewhere has no credential.
        assertThat(to("sent").post(scan(), AUTHORISED).statusCode()).isEqualTo(202);
    }
}
