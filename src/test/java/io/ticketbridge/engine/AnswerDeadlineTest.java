package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.ledger.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that sends a byte now and then must not hold a pass for as long as it likes. */
@Timeout(30)
class AnswerDeadlineTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX-Slow: ",
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
            })
    void an_answer_that_trickles_is_given_up(String begin) throws Exception {
        try (Server server = new Server(begin, true)) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void an_answer_in_time_arrives_whole() throws Exception {
        try (Server server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", false)) {
            assertThat(get(server)).isEqualTo("whole");
        }
    }

    private static String get(Server server) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (SystemClient system =
                SystemClient.endingInTime(Flow.settings(Map.of()).network(), LIMIT, LIMIT)) {
            system.configureHttpClient(builder);
            try (CloseableHttpClient client = builder.build()) {
                return client.execute(
                        new HttpGet("http://127.0.0.1:" + server.port()),
                        answer -> EntityUtils.toString(answer.getEntity()));
            }
        }
    }

    /** Sends the beginning of an answer and then, if it trickles, a byte now and then. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        Server(String begin, boolean trickles) throws IOException {
            Thread thread = new Thread(() -> answer(begin, trickles), "trickling-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void answer(String begin, boolean trickles) {
            try (Socket accepted = socket.accept()) {
                accepted.getInputStream().read(new byte[4096]);
                accepted.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                while (trickles) {
                    accepted.getOutputStream().write('x');
                    Thread.sleep(50);
                }
            } catch (IOException e) {
                // The client gave up.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
