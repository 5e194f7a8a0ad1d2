package io.ticketbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.ChildProcess;
import io.ticketbridge.testing.FreePort;
import io.ticketbridge.testing.Ledger;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rendered runs: with the environment and the files that Kubernetes would make of it. */
class RunTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String ROUTE = "30-split-findings.camel.yaml";
    private static final String ROUTES = "/ticketbridge/routes";
    private static final Set<String> SECRETS = Set.of(
            "ticketbridge.database.password", "ticketbridge.servicenow.client-secret", "ticketbridge.vision-one.token");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    /** The engineer's way through docs/kubernetes.md: fill in, render, apply, edit a route, apply again. */
    @Test
    void the_deployment_opens_a_ticket_answers_its_probes_and_takes_over_an_edited_route() throws Exception {
        Path project = folder.resolve("project");
        int management = FreePort.find();
        try (Bridge systems = Bridge.in(folder, Ledger.POSTGRESQL)
                .with("flow.cases.poll", "10s")
                .with("http.management-port", String.valueOf(management))) {
            systems.visionOne().addCase("Ransomware on a server", "P1");
            Map<String, String> secret = fillIn(project, systems.config());
            Manifests applied = Overlays.rendered(project);
            MountedPod pod = MountedPod.of(folder.resolve("root"), applied, secret);

            try (Engine engine = start(pod)) {
                await().atMost(LONGEST).until(() -> systems.tickets().size() == 1);
                assertThat(engine.database()
                                .client()
                                .sql("select version()")
                                .query(String.class)
                                .single())
                        .startsWith("PostgreSQL");
                for (String probe : applied.workload().probes().values()) {
                    assertThat(status(management, Probe.path(probe), ""))
                            .as(probe)
                            .isEqualTo(200);
                }
                int console = engine.console().orElseThrow().getPort();
                assertThat(status(console, "/", "")).isEqualTo(401);
                assertThat(status(console, "/", "ticketbridge:the console's")).isEqualTo(200);

                Path routes = project.resolve("routes");
                Overlays.edit(routes.resolve(ROUTE), "description: ", "description: Edited, ");
                Overlays.edit(routes.resolve("kustomization.yaml"), "#      - " + ROUTE, "      - " + ROUTE);
                pod.mount(
                        ROUTES,
                        Overlays.rendered(project)
                                .configMap("ticketbridge-routes")
                                .orElseThrow());

                await().atMost(LONGEST)
                        .until(() -> engine.context().getRoute("split-findings") != null
                                && engine.context()
                                        .getRoute("split-findings")
                                        .getDescription()
                                        .startsWith("Edited"));
            }
        }
    }

    private static Engine start(MountedPod pod) {
        Sources sources = new Sources(Optional.of(pod.path("/ticketbridge/config")), pod.environment(), Map.of(), true);
        return Engine.start(
                Settings.load(sources), new Engine.Options(pod.path(ROUTES), true, true, Clock.systemUTC()));
    }

    /**
     * Writes into a copy of the project what the guide says to fill in.
     *
     * @return what goes into the Secret
     */
    private static Map<String, String> fillIn(Path project, Path config) throws IOException {
        Properties wanted = new Properties();
        try (Reader reader = Files.newBufferedReader(config.resolve("application.properties"))) {
            wanted.load(reader);
        }
        Map<String, String> all = wanted.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, wanted::getProperty, (one, other) -> one, TreeMap::new));
        Map<String, String> secret = new TreeMap<>(all);
        secret.keySet().retainAll(SECRETS);
        secret.put("ticketbridge.http.password", "the console's");
        all.keySet().removeAll(SECRETS);
        Overlays.copyOfProject(project);
        Overlays.choose(project, "deployment-postgresql");
        Path database = project.resolve("config/kubernetes/components/postgresql/database.properties");
        Overlays.edit(
                database, "jdbc:postgresql://postgresql:5432/ticketbridge", all.remove("ticketbridge.database.url"));
        Overlays.edit(database, "user=ticketbridge", "user=" + all.remove("ticketbridge.database.user"));
        Files.writeString(
                project.resolve("config/application.properties"),
                all.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(Collectors.joining()),
                StandardOpenOption.APPEND);
        return secret;
    }

    @Test
    void the_sandbox_listens_where_the_environment_says_and_answers_its_probes() throws Exception {
        Manifests sandbox = Overlays.rendered(Overlays.SANDBOX);
        int management = FreePort.find();
        int console = FreePort.find();
        Map<String, String> environment = new TreeMap<>(sandbox.workload().environment());
        environment.put("TICKETBRIDGE_HTTP_PORT", String.valueOf(console));
        environment.put("TICKETBRIDGE_HTTP_MANAGEMENT_PORT", String.valueOf(management));

        assertThat(sandbox.the("Deployment").at("/spec/template/spec/containers/0/args"))
                .extracting(argument -> argument.asText())
                .containsExactly("sandbox", "--port", "9090");
        try (ChildProcess child = ChildProcess.startWith(environment, folder, "sandbox")) {
            await().atMost(LONGEST).until(() -> child.err().contains("Ticket opened") || !child.isAlive());
            assertThat(child.isAlive()).as(child.err()).isTrue();

            for (String probe : sandbox.workload().probes().values()) {
                assertThat(status(management, Probe.path(probe), "")).as(probe).isEqualTo(200);
            }
            assertThat(status(console, "/", "")).isEqualTo(401);
            assertThat(status(console, "/", "ticketbridge:sandbox")).isEqualTo(200);
        }
    }

    private int status(int port, String path, String user) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
