package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.ticketbridge.fault.AnswerTooLong;
import io.ticketbridge.ledger.Flow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source sends takes no more memory than there is, however small it is packed. */
@Timeout(60)
class AnswerSizeTest {
    private static final int MEGABYTE = 1 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private HttpServer server;
    private int megabytes;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            call.getResponseHeaders().set("Content-Encoding", "gzip");
            call.sendResponseHeaders(200, 0);
            try (GZIPOutputStream packed = quick(call.getResponseBody())) {
                for (int i = 0; i < megabytes; i++) {
                    packed.write(new byte[MEGABYTE]);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void it_is_what_is_unpacked_that_counts() throws IOException {
        HttpClientBuilder client = HttpClientBuilder.create()
                .addExecInterceptorBefore(ChainElement.COMPRESS.name(), "size", new AnswerSize(2 * MEGABYTE));
        megabytes = 2;
        assertThat(read(client)).isEqualTo(2 * MEGABYTE);

        megabytes = 3;
        assertThatThrownBy(() -> read(client))
                .isInstanceOf(AnswerTooLong.class)
                .hasMessageContainingAll("more than 2097152 bytes", "-Xmx");
    }

    @Test
    void the_client_of_a_source_has_a_limit_that_fits_its_memory() {
        megabytes = (int) (Runtime.getRuntime().maxMemory() / 8 / MEGABYTE) + 2;
        HttpClientBuilder client = HttpClientBuilder.create();
        try (SystemClient system =
                SystemClient.endingInTime(Flow.settings(Map.of()).network(), LIMIT, LIMIT)) {
            system.configureHttpClient(client);

            assertThatThrownBy(() -> read(client)).isInstanceOf(AnswerTooLong.class);
        }
    }

    private static GZIPOutputStream quick(OutputStream out) throws IOException {
        return new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }

    private long read(HttpClientBuilder builder) throws IOException {
        try (CloseableHttpClient client = builder.build()) {
            return client.execute(
                    new HttpGet("http://127.0.0.1:" + server.getAddress().getPort()), answer -> {
                        long size = 0;
                        byte[] buffer = new byte[MEGABYTE];
                        try (InputStream body = answer.getEntity().getContent()) {
                            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                                size += read;
                            }
                        }
                        return size;
                    });
        }
    }
}
