package io.ticketbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Scan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed by default: who is let in, and whose forms act (P39). */
class GateTest {
    private static final String PASSWORD = "correct-horse";

    @TempDir
    private Path folder;

    private Bridge bridge;

    @BeforeEach
    void prepare() {
        bridge = Bridge.in(folder).with("flow.cases.enabled", "false").scheduled();
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private Browser browser() {
        return new Browser(bridge.engine().console().orElseThrow());
    }

    @Test
    void every_answer_keeps_the_page_to_itself() {
        Browser browser = browser();
        for (String path : new String[] {"/", "/nothing", "/console.css"}) {
            var headers = browser.get(path).headers();
            assertThat(headers.firstValue("content-security-policy"))
                    .hasValue("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                            + " frame-ancestors 'none'; base-uri 'none'");
            assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("cache-control")).hasValue("no-store");
            assertThat(headers.firstValue("cross-origin-opener-policy")).hasValue("same-origin");
            assertThat(headers.map())
                    .doesNotContainKeys("host", "user-agent", "set-cookie", "access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "localhost:8080, 200",
        "[::1]:8080, 200",
        "evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "localhost.evil.example:8080, 421",
        "10.0.0.7, 421"
    })
    void on_loopback_only_a_loopback_name_is_answered(String host, int status) throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /?Host=localhost HTTP/1.1\r\nHost: evil.example",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example",
                "GET / HTTP/1.1\r\nX-None: 1"
            })
    void a_host_that_is_in_doubt_is_refused(String head) throws IOException {
        assertThat(raw(head + "\r\nConnection: close\r\n\r\n")).matches("(?s)HTTP/1.1 4(00|21).*");
    }

    @Test
    void a_body_that_is_too_long_is_refused() throws IOException {
        assertThat(raw(
                        "POST /held/release HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded"
                                + "\r\nContent-Length: 20000000\r\nConnection: close\r\n\r\ntoken=x"))
                .startsWith("HTTP/1.1 413");
    }

    /** Vertx-web's folder for uploads is made in the working directory: in the image that is read-only, and nobody was asked yet. */
    @Test
    void a_form_needs_no_folder_and_files_are_not_kept() throws IOException {
        Path uploads = Path.of("file-uploads");
        Files.deleteIfExists(uploads);
        Browser browser = browser();
        String part = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\ntext\r\n--x--\r\n";

        assertThat(browser.post("/held/release", Map.of("token", "none")).statusCode())
                .isEqualTo(403);
        assertThat(raw("POST /held/release HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type:"
                        + " multipart/form-data; boundary=x\r\nContent-Length: " + part.length() + "\r\n\r\n" + part))
                .startsWith("HTTP/1.1 403");

        assertThat(uploads).doesNotExist();
    }

    @Test
    void a_form_acts_only_with_the_token_and_from_a_page_of_ours() {
        bridge.with("flow.compliance.max-new-tickets-per-run", "1");
        Browser browser = browser();
        bridge.importFile(Scan.of().fails("a", "1").fails("b", "2").write(folder));
        Map<String, String> form = Map.of("token", browser.token("/held"));
        URI address = browser.address();
        String ours = "http://" + address.getAuthority();

        for (HttpResponse<String> refused : List.of(
                browser.post("/held/release", Map.of()),
                browser.post("/held/release", Map.of("token", "0".repeat(32))),
                browser.post("/held/release?token=" + form.get("token"), Map.of()),
                browser.post("/held/release", form, "Origin", "https://evil.example"),
                browser.post("/held/release", form, "Origin", "http://127.0.0.1:1"),
                browser.post("/held/release", form, "Origin", "null", "Sec-Fetch-Site", "cross-site"),
                browser.post("/held/release", form, "Origin", ours, "Sec-Fetch-Site", "same-site"))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("Nothing was done");
        }
        assertThat(bridge.held()).isEqualTo(1);
        assertThat(browser.get("/held/release").statusCode()).isEqualTo(404);

        assertThat(browser.post("/held/release", form, "Origin", "null", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(303);
        assertThat(bridge.held()).isZero();
        assertThat(browser.post("/held/release", form, "Origin", ours).statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_port_that_is_taken_is_named_and_nothing_starts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bridge.with("http.port", String.valueOf(taken.getLocalPort()));

            assertThatThrownBy(bridge::engine)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("The console can't listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("set ticketbridge.http.port to a free port");
        }
    }

    @Test
    void with_a_password_every_page_asks_for_it() {
        bridge.with("http.password", PASSWORD);
        Browser browser = browser();

        for (String path : new String[] {"/", "/tickets", "/console.css", "/nothing"}) {
            HttpResponse<String> response = browser.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("www-authenticate"))
                    .hasValue("Basic realm=\"ticketbridge\", charset=\"UTF-8\"");
        }
        assertThat(browser.get("/?Authorization="
                                + basic("ticketbridge", PASSWORD).replace(" ", "%20"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/", "Authorization", basic("ticketbridge", PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.get("/", "Authorization", basic("admin", PASSWORD)).statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/", "Authorization", "Basic ???").statusCode()).isEqualTo(401);
    }

    @Test
    void who_sends_wrong_passwords_has_to_wait() {
        bridge.with("http.password", PASSWORD);
        Browser browser = browser();
        for (int i = 0; i < 5; i++) {
            assertThat(browser.get("/", "Authorization", basic("ticketbridge", "guess-" + i))
                            .statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> waiting = browser.get("/", "Authorization", basic("ticketbridge", PASSWORD));
        assertThat(waiting.statusCode()).isEqualTo(429);
        assertThat(waiting.headers().firstValue("retry-after")).isPresent();

        bridge.later(Duration.ofMinutes(6));
        assertThat(browser.get("/", "Authorization", basic("ticketbridge", PASSWORD))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String raw(String request) throws IOException {
        URI address = bridge.engine().console().orElseThrow();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
