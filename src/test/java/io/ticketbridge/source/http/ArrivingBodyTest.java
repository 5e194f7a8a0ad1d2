package io.ticketbridge.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body as a stream, from a real server: slow senders are let go, fast ones slowed. */
class ArrivingBodyTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<ArrivingBody> bodies = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.pause();
                    bodies.add(new ArrivingBody(request, Duration.ofMillis(300), Duration.ofMillis(1500)));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Socket begin(long length) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private ArrivingBody body() throws InterruptedException {
        ArrivingBody body = bodies.poll(10, TimeUnit.SECONDS);
        assertThat(body).isNotNull();
        return body;
    }

    private static int status(InputStream body) throws IOException {
        try {
            body.transferTo(OutputStream.nullOutputStream());
            return 200;
        } catch (IntakeRefusal refusal) {
            return refusal.status();
        }
    }

    @Test
    void a_body_that_stops_coming_is_given_up() throws Exception {
        try (Socket socket = begin(100)) {
            socket.getOutputStream().write(new byte[10]);

            assertThat(status(body())).isEqualTo(408);
        }
    }

    @Test
    void a_body_that_trickles_for_ever_is_given_up() throws Exception {
        try (Socket socket = begin(1_000_000)) {
            Thread trickle = new Thread(() -> {
                try {
                    while (true) {
                        socket.getOutputStream().write(new byte[10]);
                        Thread.sleep(50);
                    }
                } catch (IOException | InterruptedException e) {
                    // The test is over.
                }
            });
            trickle.setDaemon(true);
            trickle.start();

            assertThat(status(body())).isEqualTo(408);
        }
    }

    @Test
    void what_nobody_reads_is_not_taken_from_the_sender() throws Exception {
        byte[] large = new byte[64_000_000];
        AtomicLong sent = new AtomicLong();
        try (Socket socket = begin(large.length)) {
            Thread sender = new Thread(() -> {
                try {
                    for (int at = 0; at < large.length; at += 64_000) {
                        socket.getOutputStream().write(large, at, 64_000);
                        sent.addAndGet(64_000);
                    }
                } catch (IOException e) {
                    sent.set(-1);
                }
            });
            sender.start();
            ArrivingBody body = body();
            assertThat(body.read()).isZero();
            sender.join(250);
            assertThat(sent.get())
                    .as("bytes that left the sender while nobody reads")
                    .isLessThan(32_000_000);

            assertThat(new ByteArrayInputStream(body.readAllBytes()).available())
                    .isEqualTo(large.length - 1);
        }
    }

    @Test
    void a_connection_that_breaks_off_is_no_end_and_no_fault_of_ours() throws Exception {
        ArrivingBody body;
        try (Socket socket = begin(100)) {
            socket.getOutputStream().write(new byte[10]);
            body = body();
        }
        assertThat(status(body)).isEqualTo(400);
    }
}
