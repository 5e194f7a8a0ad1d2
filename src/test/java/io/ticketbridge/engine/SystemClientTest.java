package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.ticket.LapsedClaim;
import io.ticketbridge.ledger.ticket.LeaseLost;
import io.ticketbridge.testing.Certificates;
import io.ticketbridge.testing.ProxyOfJvm;
import io.ticketbridge.testing.TlsFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every call to a source goes through. */
class SystemClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void a_write_of_whoever_stood_still_does_not_leave(String method) {
        try (LapsedClaim lapsed = LapsedClaim.ofThisThread()) {
            assertThatThrownBy(() -> send(method)).isInstanceOf(LeaseLost.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void it_may_read_all_the_same() throws Exception {
        try (LapsedClaim lapsed = LapsedClaim.ofThisThread()) {
            send("GET");
        }
        send("POST");
        assertThat(seen).containsExactly("GET", "POST");
    }

    /** As {@code check} and the calls of ServiceNow do not either. */
    @Test
    void what_the_jvm_says_of_a_proxy_does_not_count() throws Exception {
        try (ProxyOfJvm proxy = new ProxyOfJvm()) {
            send("GET");
        }
        assertThat(seen).containsExactly("GET");
    }

    /** Java's own words name no setting. */
    @Test
    void tls_that_fails_is_told_with_what_to_set(@TempDir Path folder) throws Exception {
        Certificates good = Certificates.forLoopback(folder);
        Certificates other = Certificates.forAnotherHost(folder);
        try (TlsFront unknown = TlsFront.before(address(), good);
                TlsFront wrongHost = TlsFront.before(address(), other)) {
            assertThat(told(unknown.url(), Map.of()))
                    .contains("no TLS connection: its certificate comes from an authority that Java does not trust")
                    .endsWith(
                            "set ticketbridge.network.ca-file (or .ca-file of the system alone) to a PEM file with the"
                                    + " authority's certificate");
            assertThat(told(wrongHost.url(), trusting(other))).contains("its certificate is for another host");
        }
    }

    private static Map<String, String> trusting(Certificates certificates) {
        return Map.of("network.ca-file", certificates.authorityPem().toString());
    }

    private String told(String url, Map<String, String> settings) {
        return Causes.sentence(catchThrowable(() -> send("GET", url, settings)));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void send(String method) throws IOException {
        send(method, address(), Map.of());
    }

    private static void send(String method, String url, Map<String, String> settings) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (SystemClient system =
                SystemClient.endingInTime(Flow.settings(settings).network(), LIMIT, LIMIT)) {
            system.configureHttpClient(builder);
            try (CloseableHttpClient client = builder.build()) {
                client.execute(ClassicRequestBuilder.create(method).setUri(url).build(), ClassicHttpResponse::getCode);
            }
        }
    }
}
