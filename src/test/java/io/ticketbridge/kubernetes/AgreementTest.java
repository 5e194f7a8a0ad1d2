package io.ticketbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.config.HttpSettings;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests say what the files of the project say, what ticketbridge reads, and the same in every form. */
class AgreementTest {
    /** What etcd takes of one ConfigMap. */
    private static final int LARGEST_CONFIG_MAP = 1024 * 1024;
    /** What kubectl apply without --server-side keeps of a document in an annotation. */
    private static final int LARGEST_ANNOTATION = 256 * 1024;

    private static final String POSTGRESQL = "deployment-postgresql";
    private static final String CAMEL_K = "camel-k-postgresql";

    @TempDir
    private Path folder;

    static List<String> chosen() {
        return Overlays.chosen();
    }

    static List<String> ofCamelK() {
        return Overlays.ofCamelK();
    }

    static List<String> overlays() {
        return Overlays.names();
    }

    static List<String> prebuilt() {
        return Overlays.names().stream()
                .filter(name -> !name.equals(Overlays.FROM_SOURCE))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void routes_that_nobody_edited_come_with_the_image(String overlay) {
        assertThat(Overlays.rendered(overlay).configMap("ticketbridge-routes").orElseThrow())
                .as("an upgrade would bring them to pods of the old image")
                .isEmpty();
    }

    @Test
    void each_route_file_has_a_line_from_which_the_mark_is_to_be_taken() throws IOException {
        Overlays.copyOfProject(folder);
        Overlays.edit(folder.resolve("routes/kustomization.yaml"), "#      - ", "      - ");

        assertThat(Kubectl.render(folder.resolve("routes")).configMap("ticketbridge-routes"))
                .contains(files(Path.of("routes"), ".camel.yaml"));
    }

    @Test
    void the_config_maps_of_the_settings_are_the_files_of_config() throws IOException {
        Manifests whole = Overlays.whole(POSTGRESQL);
        Map<String, String> config = files(Path.of("config"), "");
        config.remove("kustomization.yaml");

        assertThat(whole.configMap("ticketbridge-config")).contains(config);
        assertThat(whole.configMap("ticketbridge-mappings")).contains(files(Path.of("config/mappings"), ".yaml"));
    }

    private static Map<String, String> files(Path folder, String suffix) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(suffix)) {
                    files.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    @Test
    void what_is_applied_fits_into_the_limits_of_the_api() {
        Manifests whole = Overlays.whole(POSTGRESQL);

        whole.all("ConfigMap").forEach(map -> {
            int size = map.toString().getBytes(StandardCharsets.UTF_8).length;
            assertThat(size).as(Manifests.name(map)).isLessThan(LARGEST_CONFIG_MAP);
            assertThat(size)
                    .as("%s: say in docs/kubernetes.md that apply works with --server-side alone", Manifests.name(map))
                    .isLessThan(LARGEST_ANNOTATION);
        });
    }

    @ParameterizedTest
    @MethodSource("ofCamelK")
    void camel_k_and_the_deployment_make_the_same_pods(String overlay) {
        Workload integration = Overlays.rendered(overlay).workload();

        assertThat(integration)
                .isEqualTo(Overlays.rendered(overlay.replace("camel-k", "deployment"))
                        .workload());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void ports_and_probes_are_where_ticketbridge_listens(String overlay) {
        HttpSettings http =
                Settings.load(Sources.only(Map.of()), Requirement.LEDGER_ONLY).http();
        Workload workload = Overlays.rendered(overlay).workload();

        assertThat(workload.ports()).isEqualTo(Map.of("http", http.port(), "management", http.managementPort()));
        assertThat(workload.probes().values()).hasSize(3).allSatisfy(probe -> assertThat(Probe.port(probe))
                .isEqualTo(http.managementPort()));
        assertThat(Probe.path(workload.probes().get("readiness"))).isEqualTo("/observe/health/ready");
        assertThat(Probe.path(workload.probes().get("liveness"))).isEqualTo("/observe/health/live");
        assertThat(Probe.path(workload.probes().get("startup"))).isEqualTo("/observe/health/live");
    }

    @ParameterizedTest
    @MethodSource("prebuilt")
    void the_image_finds_its_folders_where_it_looks_for_them(String overlay) throws IOException {
        Workload workload = Overlays.rendered(overlay).workload();
        boolean sandbox = overlay.equals(Overlays.SANDBOX);

        assertThat(workload.mounts())
                .containsEntry("/ticketbridge/routes", "configmap:ticketbridge-routes")
                .containsEntry("/tmp", "empty")
                .hasSize(sandbox ? 2 : 5);
        if (!sandbox) {
            assertThat(workload.mounts())
                    .containsEntry("/ticketbridge/config", "configmap:ticketbridge-config")
                    .containsEntry("/ticketbridge/config/mappings", "configmap:ticketbridge-mappings")
                    .containsEntry(
                            workload.environment().get("TICKETBRIDGE_SECRETS_DIR"), "secret:ticketbridge-secrets");
            assertThat(workload.image()).isEqualTo("ticketbridge");
        }
    }

    @Test
    void the_image_has_the_version_of_the_project() throws IOException {
        Matcher version = Pattern.compile("<artifactId>ticketbridge</artifactId>\\s*<version>(.+?)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        String image = "registry.example.com/ticketbridge:" + version.group(1);

        assertThat(Overlays.whole(POSTGRESQL).workload().image()).isEqualTo(image);
        assertThat(Overlays.rendered(Overlays.SANDBOX).workload().image()).isEqualTo(image);
        assertThat(Overlays.whole(CAMEL_K).workload().image()).isEqualTo(image);
    }

    @Test
    void a_build_from_source_has_no_image_and_looks_in_the_working_directory_of_the_operators() throws IOException {
        Manifests built = Overlays.rendered(Overlays.FROM_SOURCE);

        assertThat(built.the("Integration").at("/spec/git/url").asText()).startsWith("https://");
        assertThat(built.workload().image()).isEmpty();
        assertThat(built.the("Integration").at("/spec/traits/jvm/options"))
                .as("what the image gives to Java, as pom.xml says it")
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Pattern.compile("<jvmFlag>(.*?)</jvmFlag>")
                        .matcher(Files.readString(Path.of("pom.xml")))
                        .results()
                        .map(flag -> flag.group(1))
                        .toList());
        assertThat(built.workload().mounts())
                .containsKeys("/deployments/routes", "/deployments/config", "/deployments/config/mappings")
                .containsEntry("/ticketbridge/secrets", "secret:ticketbridge-secrets");
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void each_variable_and_each_secret_is_a_setting_and_the_console_is_open_with_a_password_alone(String overlay)
            throws IOException {
        Map<String, String> environment =
                new TreeMap<>(Overlays.rendered(overlay).workload().environment());
        environment.put("TICKETBRIDGE_SECRETS_DIR", secrets().toString());

        Settings settings = Settings.load(
                new Sources(Optional.of(Path.of("config")), environment, Map.of(), true), Requirement.LEDGER_ONLY);

        assertThat(settings.http().isLoopback()).isFalse();
        assertThat(settings.http().password().reveal()).isEqualTo("filled in");
        assertThat(settings.database().url()).startsWith("jdbc:postgresql:");
    }

    /** The Secret that the example makes, mounted. */
    private Path secrets() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        for (String line : Files.readAllLines(Path.of("config/kubernetes/secrets.example.properties"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                assertThat(line).as("the example holds no value").endsWith("=");
                Files.writeString(secrets.resolve(line.replace("=", "")), "filled in");
            }
        }
        return secrets;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void each_selector_finds_the_pods(String overlay) {
        Manifests manifests = Overlays.rendered(overlay);
        String label = "app.kubernetes.io/name";

        assertThat(manifests.documents().stream()
                        .flatMap(document -> Stream.of("/spec/podSelector/matchLabels", "/spec/selector/matchLabels")
                                .map(document::at))
                        .filter(JsonNode::isObject))
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(Manifests.texts(labels)).isEqualTo(Map.of(label, "ticketbridge")));
        if (manifests.has("Integration")) {
            JsonNode integration = manifests.the("Integration");
            assertThat(integration.at("/metadata/labels").path(label).asText()).isEqualTo("ticketbridge");
            assertThat(integration.at("/spec/traits/owner/targetLabels/0").asText())
                    .isEqualTo(label);
        } else {
            assertThat(Manifests.texts(manifests.the("Deployment").at("/spec/template/metadata/labels")))
                    .isEqualTo(Map.of(label, "ticketbridge"));
            assertThat(Manifests.texts(manifests.the("Service").at("/spec/selector")))
                    .isEqualTo(Map.of(label, "ticketbridge"));
        }
    }

    @Test
    void the_monitor_asks_where_metrics_are() {
        JsonNode monitor = Overlays.whole(POSTGRESQL).the("PodMonitor");

        assertThat(Manifests.texts(monitor.at("/spec/selector/matchLabels")))
                .isEqualTo(Map.of("app.kubernetes.io/name", "ticketbridge"));
        assertThat(monitor.at("/spec/podMetricsEndpoints/0/port").asText()).isEqualTo("management");
        assertThat(monitor.at("/spec/podMetricsEndpoints/0/path").asText()).isEqualTo("/observe/metrics");
    }

    @Test
    void pods_have_no_more_rights_than_they_need() {
        JsonNode pod = Overlays.rendered(POSTGRESQL).the("Deployment").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");
        JsonNode traits = Overlays.rendered(CAMEL_K).the("Integration").at("/spec/traits");

        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(1000);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(traits.at("/container/runAsUser").asInt()).isEqualTo(1000);
        assertThat(traits.at("/container/runAsNonRoot").asBoolean()).isTrue();
        assertThat(traits.at("/container/seccompProfileType").asText()).isEqualTo("RuntimeDefault");
        assertThat(traits.at("/container/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(traits.at("/container/capabilitiesDrop/0").asText()).isEqualTo("ALL");
        assertThat(Overlays.rendered(POSTGRESQL)
                        .the("ServiceAccount")
                        .at("/automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void who_comes_by_the_service_stays_with_the_pod_that_makes_the_plan() {
        assertThat(Overlays.rendered(POSTGRESQL)
                        .the("Service")
                        .at("/spec/sessionAffinity")
                        .asText())
                .isEqualTo("ClientIP");
    }

    @Test
    void camel_k_is_kept_from_what_it_would_do_by_itself() {
        JsonNode traits = Overlays.rendered(CAMEL_K).the("Integration").at("/spec/traits");

        assertThat(traits.at("/cron/enabled").asBoolean(true)).isFalse();
        assertThat(traits.at("/service/auto").asBoolean(true)).isFalse();
        assertThat(traits.at("/service/enabled").asBoolean()).isTrue();
        assertThat(traits.has("prometheus")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ofCamelK")
    void a_change_of_what_is_mounted_reaches_camel_k(String overlay) {
        Manifests whole = Overlays.whole(overlay);

        assertThat(whole.the("Integration").at("/spec/traits/mount/hotReload").asBoolean())
                .isTrue();
        assertThat(whole.all("ConfigMap")
                        .filter(map -> whole.workload().mounts().containsValue("configmap:" + Manifests.name(map))))
                .hasSize(3)
                .allSatisfy(map -> assertThat(map.at("/metadata/labels")
                                .path("camel.apache.org/integration")
                                .asText())
                        .isEqualTo("ticketbridge"));
    }
}
