package io.ticketbridge.image;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The layers, run as the image says. */
@EnabledOnOs(OS.LINUX)
class ContainerIT {
    private static final Image IMAGE = Image.built();

    @TempDir
    private Path folder;

    private Container container;

    @BeforeEach
    void unpack() {
        container = Container.of(IMAGE, folder);
    }

    @AfterEach
    void free() {
        container.free();
    }

    @Test
    void the_default_command_serves_and_delivers_on_a_read_only_root() throws Exception {
        assumeTrue(
                Container.canMount(),
                "Skipped: a read-only root needs root and mounts. The other test does without them.");
        try (Bridge world = Bridge.in(folder)) {
            int console = FreePort.find();
            int health = FreePort.find();
            configure(world.with("http.host", "0.0.0.0")
                    .with("http.port", "" + console)
                    .with("http.management-port", "" + health)
                    .with("http.password", null)
                    .with("http.password.file", "secrets/console"));
            container.with("ticketbridge/secrets/console", "open sesame");
            world.visionOne().addCase("A case", "P2");

            try (ChildProcess run = container.start()) {
                await().atMost(90, SECONDS).until(() -> incidents(world) == 1 || !run.isAlive());
                assertThat(run.isAlive()).as("%s", run.err()).isTrue();
                await().atMost(30, SECONDS).until(() -> answer(health, "/observe/health/ready") == 200);
                assertThat(answer(console, "/")).isEqualTo(401);
                assertThat(press(console, "/held/release"))
                        .as("a form with a token of another process")
                        .isEqualTo(403);

                run.terminate();
                assertThat(run.exit()).as("%s", run.err()).isZero();
                assertThat(run.err()).doesNotContain("WARN", "ERROR", "Read-only");
            }
            assertThat(incidents(world)).isEqualTo(1);
            assertThat(container.data().resolve("ticketbridge.mv.db")).exists();
            assertThat(Files.getAttribute(container.data().resolve("ticketbridge.mv.db"), "unix:uid"))
                    .isEqualTo(1000);
        }
    }

    @Test
    void its_files_run_where_they_are_put_and_need_no_right_to_write() throws Exception {
        try (Bridge world = Bridge.in(folder)) {
            configure(world);
            world.visionOne().addCase("A case", "P2");

            try (ChildProcess run = container.startElsewhere("run", "--once")) {
                assertThat(run.exit()).as("%s", run.err()).isZero();
            }
            assertThat(incidents(world)).isEqualTo(1);
        }
    }

    @Test
    void without_a_volume_it_keeps_no_ledger_and_says_what_to_do() throws IOException {
        try (Bridge world = Bridge.in(folder)) {
            configure(world);

            try (ChildProcess run = container.withoutData().startElsewhere("run", "--once")) {
                assertThat(run.exit()).isEqualTo(2);
                assertThat(run.err())
                        .contains("ticketbridge.database.url", "can't be opened", "Check that the folder exists");
            }
        }
    }

    @Test
    void it_says_the_version_of_its_label() {
        String version = IMAGE.config()
                .path("config")
                .path("Labels")
                .path("org.opencontainers.image.version")
                .asText();
        try (ChildProcess run = container.startElsewhere("--version")) {
            assertThat(run.exit()).as("%s", run.err()).isZero();
            assertThat(run.out()).isEqualTo("ticketbridge " + version + "\n");
        }
    }

    /** The ledger where it is by default, a secret as a file, one flow. */
    private void configure(Bridge world) throws IOException {
        String secret = world.serviceNow().credentials().clientSecret();
        world.with("database.url", null)
                .with("servicenow.client-secret", null)
                .with("servicenow.client-secret.file", "secrets/servicenow")
                .with("flow.compliance.enabled", "false");
        container
                .with("ticketbridge/secrets/servicenow", secret)
                .with(
                        "ticketbridge/config/application.properties",
                        Files.readString(world.config().resolve("application.properties")));
    }

    private static int incidents(Bridge world) {
        return world.serviceNow().records("incident").size();
    }

    private static int answer(int port, String path) {
        return status(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
    }

    private static int press(int port, String path) {
        String credential =
                Base64.getEncoder().encodeToString("ticketbridge:open sesame".getBytes(StandardCharsets.UTF_8));
        return status(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + credential)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=none")));
    }

    private static int status(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
