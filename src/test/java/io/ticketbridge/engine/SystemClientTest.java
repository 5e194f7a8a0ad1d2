package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.LapsedClaim;
import io.ticketbridge.ledger.LeaseLost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    private void send(String method) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (SystemClient system =
                SystemClient.endingInTime(Flow.settings(Map.of()).network(), LIMIT, LIMIT)) {
            system.configureHttpClient(builder);
            try (CloseableHttpClient client = builder.build()) {
                client.execute(
                        ClassicRequestBuilder.create(method)
                                .setUri("http://127.0.0.1:"
                                        + server.getAddress().getPort() + "/")
                                .build(),
                        ClassicHttpResponse::getCode);
            }
        }
    }
}
