package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Ledger;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Metrics and health tell what is so, to Prometheus and to probes (P32). */
class MetricsTest {
    /** These are there from the first request on. */
    private static final Set<String> OF_REQUESTS =
            Set.of("ticketbridge_intakes_total", "ticketbridge_intakes_refused_total");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    private Bridge served(Ledger ledger) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return Bridge.in(folder, ledger)
                .with("http.management-port", String.valueOf(port))
                .scheduled();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private double metric(String line) {
        try {
            return get("metrics")
                    .body()
                    .lines()
                    .filter(each -> each.startsWith(line + " "))
                    .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line " + line));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String ofFlow(String name, String flow) {
        return name + "{flow=\"" + flow + "\"}";
    }

    /** What the ledger answers on either database is {@code LedgerFiguresTest}'s. */
    @Test
    void what_was_read_opened_held_and_refused_is_counted() throws Exception {
        try (Bridge bridge = served(Ledger.POSTGRESQL)
                .with("flow.compliance.max-new-tickets-per-run", "2")
                .with("vision-one.tls-verify", "false")) {
            bridge.engine()
                    .importFiles(
                            Bridge.COMPLIANCE,
                            List.of(Scan.of()
                                    .fails("a", "1", "2")
                                    .fails("b", "1")
                                    .fails("c", "1")
                                    .passes("d", "1")
                                    .raw("{}")
                                    .write(folder)
                                    .toFile()));

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            metric("ticketbridge_findings_total{flow=\"compliance\",outcome=\"held\"}"))
                    .isGreaterThan(0));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(metric(ofFlow("ticketbridge_groups_held", "compliance")))
                        .isEqualTo(1);
                assertThat(metric(ofFlow("ticketbridge_tickets_open", "compliance")))
                        .isEqualTo(2);
                assertThat(metric(ofFlow("ticketbridge_dead_letters", "compliance")))
                        .isEqualTo(1);
                assertThat(metric(ofFlow("ticketbridge_groups_owed", "compliance")))
                        .isZero();
            });

            assertThat(metric("ticketbridge_tickets_seconds_count{action=\"opened\",flow=\"compliance\"}"))
                    .isEqualTo(2);
            assertThat(metric("ticketbridge_findings_total{flow=\"compliance\",outcome=\"unchanged\"}"))
                    .isEqualTo(1);
            assertThat(metric("ticketbridge_findings_total{flow=\"compliance\",outcome=\"dead\"}"))
                    .isEqualTo(1);
            assertThat(metric(ofFlow("ticketbridge_accounts_unbalanced_total", "compliance")))
                    .isZero();
            assertThat(get("metrics").body())
                    .as("whoever only imports is read when somebody imports")
                    .contains(ofFlow("ticketbridge_read_age_seconds", "cases"))
                    .doesNotContain(ofFlow("ticketbridge_read_age_seconds", "compliance"));
            assertThat(metric("ticketbridge_tls_unverified{system=\"vision-one.default\"}"))
                    .isEqualTo(1);
            assertThat(metric("ticketbridge_tls_unverified{system=\"servicenow\"}"))
                    .isZero();
            assertThat(get("metrics").body())
                    .contains("camel_exchanges_total{", "camel_exchanges_failed_total{", "routeId=\"call-servicenow\"")
                    .doesNotContain("routeId=\"dedupe-findings\"")
                    .doesNotContain("succeeded", "failures_handled", "external_redeliveries");
        }
    }

    @Test
    void a_pass_that_could_not_read_one_of_its_files_did_not_end_well() throws Exception {
        Path watched = Files.createDirectory(folder.resolve("watched"));
        Files.writeString(watched.resolve("bad.json"), "this is a shopping list");
        Scan.of().fails("encryption", "disk-1").write(watched);
        try (Bridge bridge = served(Ledger.H2)
                .with("flow.compliance.folder", watched.toString())
                .with("flow.compliance.poll", "1h")) {
            bridge.engine();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(metric("ticketbridge_passes_total{flow=\"compliance\",result=\"failed\"}"))
                        .isEqualTo(1);
                assertThat(metric(ofFlow("ticketbridge_tickets_open", "compliance")))
                        .isEqualTo(1);
            });
            assertThat(metric("ticketbridge_passes_total{flow=\"compliance\",result=\"ended\"}"))
                    .isZero();
            assertThat(get("health").body()).contains("Failing: compliance: ").contains("bad.json");

            bridge.engine().pass("compliance");

            assertThat(metric("ticketbridge_passes_total{flow=\"compliance\",result=\"ended\"}"))
                    .isEqualTo(1);
            assertThat(get("health").body()).contains("The last pass of each flow ended well");
        }
    }

    @Test
    void a_source_that_is_down_is_told_and_the_application_stays_ready() throws Exception {
        try (Bridge bridge = served(Ledger.H2).withShortWaits()) {
            bridge.engine();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            metric("ticketbridge_passes_total{flow=\"cases\",result=\"ended\"}"))
                    .isGreaterThan(0));
            bridge.visionOne().faults().always(path -> true, VisionOneFaults.invalidToken());
            assertThatThrownBy(() -> bridge.engine().pass(Bridge.CASES)).isInstanceOf(Failed.class);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<String> health = get("health/ready");
                assertThat(health.statusCode()).isEqualTo(200);
                assertThat(message(health.body(), "flows"))
                        .startsWith("Failing: cases: ")
                        .contains("401");
            });
            assertThat(metric("ticketbridge_passes_total{flow=\"cases\",result=\"failed\"}"))
                    .isGreaterThan(0);
            assertThat(get("health/live").statusCode()).isEqualTo(200);
        }
    }

    private static String message(String health, String name) throws IOException {
        for (JsonNode check : new ObjectMapper().readTree(health).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("message").asText();
            }
        }
        return "";
    }

    @Test
    void dashboard_alerts_and_guide_name_only_metrics_that_exist() throws Exception {
        try (Bridge bridge = served(Ledger.H2)) {
            bridge.engine()
                    .importFiles(
                            Bridge.COMPLIANCE,
                            List.of(Scan.of().fails("a", "1").write(folder).toFile()));
            await().atMost(Duration.ofSeconds(20)).until(bridge.engine().owing()::isSettled);
            Set<String> exported = get("metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceAll("[{ ].*", ""))
                    .collect(Collectors.toSet());

            for (String file : List.of(
                    "observability/grafana-dashboard.json",
                    "observability/prometheus-rules.yaml",
                    "docs/operations.md")) {
                assertThat(asked(file)).as(file).hasSizeGreaterThan(8).isSubsetOf(exported);
            }
        }
    }

    private static Set<String> asked(String file) throws IOException {
        return Pattern.compile("\\b(?:ticketbridge|camel|jvm)_[a-z_]+")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .filter(metric -> !OF_REQUESTS.contains(metric))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void dashboard_and_alerts_are_well_formed() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("observability", "grafana-dashboard.json").toFile());
        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
        Object rules = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("observability", "prometheus-rules.yaml")));
        JsonNode alerts =
                new ObjectMapper().valueToTree(rules).path("groups").get(0).path("rules");
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("expr").asText()).isNotBlank();
            assertThat(alert.path("annotations").path("action").asText()).isNotBlank();
        });
    }

    @Test
    void without_its_ledger_it_is_alive_and_not_ready() throws Exception {
        try (Bridge bridge = served(Ledger.H2)) {
            bridge.engine();
            assertThat(get("health/ready").statusCode()).isEqualTo(200);

            bridge.engine().database().close();

            assertThat(get("health/ready").statusCode()).isEqualTo(503);
            assertThat(get("health/ready").body()).contains("The ledger can't be used");
            assertThat(get("health/live").statusCode()).isEqualTo(200);
            assertThat(metric(ofFlow("ticketbridge_groups_owed", "cases"))).isNaN();
        }
    }

    @Test
    void a_port_that_is_taken_is_named_with_the_setting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Bridge bridge = served(Ledger.H2).with("http.management-port", String.valueOf(taken.getLocalPort()))) {
            assertThatThrownBy(bridge::engine)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("ticketbridge.http.management-port");
        }
    }
}
