package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.testing.Scan;
import io.ticketbridge.testing.Sender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The intake's route is edited while the console, which answers for every path, is served beside it (P34). */
class IntakeReloadTest {
    private static final String ROUTE = "03-serve-intake.camel.yaml";

    @TempDir
    private Path folder;

    @Test
    void an_edited_intake_is_still_asked_before_the_console() throws IOException {
        try (SimulatedWorld world = new SimulatedWorld(folder);
                CapturedLog log = new CapturedLog()) {
            world.with("flow.cases.enabled", "false")
                    .with("flow.compliance.enabled", "false")
                    .with("flow.sent.source", "http")
                    .with("flow.sent.profile", "tickets")
                    .with("flow.sent.token", "0123456789abcdef");
            try (Engine engine = world.start(true, true)) {
                Sender sender = new Sender(engine.intake().orElseThrow(), "sent");
                assertThat(sender.post(scan("disk-1"), "Authorization", "Bearer 0123456789abcdef")
                                .statusCode())
                        .isEqualTo(202);

                world.edit(ROUTE, "note: Made where", "note: Edited. Made where");
                await().atMost(Duration.ofSeconds(30)).until(() -> log.lines(ch.qos.logback.classic.Level.INFO).stream()
                        .anyMatch(line -> line.contains("was taken over. file=" + ROUTE)));

                assertThat(sender.post(scan("disk-2"), "Authorization", "Bearer 0123456789abcdef")
                                .statusCode())
                        .isEqualTo(202);
                assertThat(sender.get("/").statusCode()).isEqualTo(200);
            }
        }
    }

    private static byte[] scan(String resource) {
        return Scan.of().passes("encryption", resource).json().getBytes(StandardCharsets.UTF_8);
    }
}
