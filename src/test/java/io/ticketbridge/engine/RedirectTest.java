package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ticketbridge.ledger.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Destinations come from the settings alone: where a source sends on to gets nothing, least of all a credential. */
class RedirectTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer source;
    private HttpServer elsewhere;

    @BeforeEach
    void start() throws IOException {
        source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.createContext("/", call -> {
            asked.add("source");
            String status = call.getRequestURI().getPath().substring(1);
            call.getResponseHeaders()
                    .set(
                            "Location",
                            "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/stolen");
            call.sendResponseHeaders(Integer.parseInt(status), -1);
            call.close();
        });
        elsewhere.createContext("/", call -> {
            asked.add("elsewhere: " + call.getRequestMethod());
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        source.start();
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        source.stop(0);
        elsewhere.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"GET, 301", "GET, 302", "POST, 302", "POST, 303", "POST, 307", "PATCH, 308"})
    void a_redirect_is_a_refusal_and_not_followed(String method, int status) throws Exception {
        try (SystemClient system =
                        SystemClient.endingInTime(Flow.settings(Map.of()).network(), LIMIT, LIMIT);
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("system", system);
            camel.start();

            Exchange answer = camel.createProducerTemplate()
                    .request(
                            "http://127.0.0.1:" + source.getAddress().getPort() + "?httpClientConfigurer=#system",
                            exchange -> {
                                exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
                                exchange.getMessage().setHeader(Exchange.HTTP_PATH, "/" + status);
                                exchange.getMessage().setHeader("X-Own-Key", "secret");
                                exchange.getMessage().setBody(method.equals("GET") ? null : "apikey=secret");
                            });

            assertThat(answer.getException(HttpOperationFailedException.class).getStatusCode())
                    .isEqualTo(status);
            assertThat(asked).containsExactly("source");
        }
    }
}
