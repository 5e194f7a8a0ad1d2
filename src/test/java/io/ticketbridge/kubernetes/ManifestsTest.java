package io.ticketbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.testing.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay renders, and each document is what Kubernetes 1.33 and Camel K 2.4.0 and 2.10.1 take. */
class ManifestsTest {
    private static final CustomResource INTEGRATION = CamelK.ofJar();

    static List<String> overlays() {
        return Overlays.names();
    }

    static List<String> ofCamelK() {
        List<String> all = new ArrayList<>(Overlays.ofCamelK());
        all.add(Overlays.FROM_SOURCE);
        return all;
    }

    static List<String> chosen() {
        return Overlays.chosen();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void each_document_of_each_overlay_is_what_the_api_takes(String overlay) {
        assertThat(faults(Overlays.rendered(overlay))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void each_overlay_can_be_chosen_and_then_nothing_is_missing_but_the_secret(String overlay) {
        Manifests whole = Overlays.whole(overlay);

        assertThat(faults(whole)).isEmpty();
        assertThat(whole.documents())
                .allSatisfy(document ->
                        assertThat(document.at("/metadata/namespace").asText()).isEqualTo("ticketbridge"));
        assertThat(whole.workload().mounts().values())
                .allSatisfy(mounted ->
                        assertThat(isThere(mounted, whole)).as(mounted).isTrue());
        assertThat(whole.the("ServiceAccount").at("/metadata/name").asText())
                .isEqualTo(whole.workload().account());
    }

    private static boolean isThere(String mounted, Manifests whole) {
        return mounted.equals("empty")
                || mounted.equals("secret:ticketbridge-secrets")
                || whole.configMap(mounted.replaceFirst("configmap:", "")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("ofCamelK")
    void an_integration_is_what_the_newer_camel_k_takes(String overlay) {
        Manifests manifests = Overlays.rendered(overlay);
        assumeTrue(CamelK.ofFile().isPresent(), "No schema of Camel K " + CamelK.OF_FILE + " beside the project");

        assertThat(CamelK.ofFile().orElseThrow().faults(overlay, manifests.the("Integration")))
                .isEmpty();
    }

    @Test
    void what_came_after_the_jar_is_really_not_in_it_and_really_in_the_newer_one() {
        assertThat(CamelK.LATER).noneMatch(INTEGRATION::has);
        assumeTrue(CamelK.ofFile().isPresent(), "No schema of Camel K " + CamelK.OF_FILE + " beside the project");
        assertThat(CamelK.LATER).allMatch(CamelK.ofFile().orElseThrow()::has);
    }

    /** One edit each: what is written at the pointer, as JSON, or - for nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Deployment| /spec/replica| 3| is not defined in the `V1DeploymentSpec` properties",
                "Deployment| /spec/replicas| \"3\"| must be a NUMBER",
                "Deployment| /spec/template/spec/containers/0/imag| \"a\"| is not defined in the `V1Container` properties",
                "Deployment| /spec/template/spec/containers/0/env/0/value| 8080| must be a STRING",
                "Deployment| /spec/template/spec/containers/0/readinessProbe/httpGet/paht| \"/\"| is not defined in the `V1HTTPGetAction` properties",
                "Deployment| /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem| \"true\"| must be a BOOLEAN",
                "Deployment| /spec/template/spec/securityContext/runAsuser| 1000| is not defined in the `V1PodSecurityContext` properties",
                "Deployment| /spec/template/spec/volumes/0/configMap/names| \"a\"| is not defined in the `V1ConfigMapVolumeSource` properties",
                "Deployment| /spec/selector| null| Not a JSON Object",
                "Deployment| /spec/selector| -| required field `selector`",
                "Service| /spec/ports/0/port| \"80\"| must be a NUMBER",
                "PodDisruptionBudget| /spec/minAvailble| 1| is not defined in the `V1PodDisruptionBudgetSpec` properties",
                "NetworkPolicy| /spec/egress/0/port| 53| is not defined in the `V1NetworkPolicyEgressRule` properties",
                "ServiceAccount| /automountToken| false| is not defined in the `V1ServiceAccount` properties",
            })
    void a_document_that_is_broken_anywhere_is_refused(String kind, String pointer, String value, String fault)
            throws JsonProcessingException {
        JsonNode broken = Overlays.rendered("deployment-postgresql")
                .all(kind)
                .findFirst()
                .orElseThrow()
                .deepCopy();

        set(broken, pointer, value);

        assertThat(KubernetesKinds.faults(broken)).singleElement().asString().contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/replica| 3",
                "/spec/traits/heath| {}",
                "/spec/traits/health/livenessPath| \"/\"",
                "/spec/traits/mount/hot-reload| true",
                "/spec/traits/pdb/maxUnavailable| 1",
                "/spec/traits/container/readOnlyRootFilesystem| true"
            })
    void an_integration_with_a_field_that_camel_k_would_drop_is_refused(String pointer, String value)
            throws JsonProcessingException {
        JsonNode broken =
                Overlays.rendered("camel-k-postgresql").the("Integration").deepCopy();

        set(broken, pointer, value);

        assertThat(INTEGRATION.faults("broken", broken)).hasSize(1);
        CamelK.ofFile()
                .ifPresent(newer -> assertThat(newer.faults("broken", broken)).hasSize(1));
    }

    private static void set(JsonNode document, String pointer, String value) throws JsonProcessingException {
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) document.at(pointer.substring(0, last));
        String field = pointer.substring(last + 1);
        if (value.equals("-")) {
            parent.remove(field);
        } else {
            parent.set(field, new ObjectMapper().readTree(value));
        }
    }

    private static List<String> faults(Manifests manifests) {
        List<String> faults = new ArrayList<>();
        for (JsonNode document : manifests.documents()) {
            switch (Manifests.kind(document)) {
                case "Integration" -> faults.addAll(INTEGRATION.faults("Integration", document));
                case "PodMonitor" -> faults.addAll(podMonitorFaults(document));
                default -> faults.addAll(KubernetesKinds.faults(document));
            }
        }
        return faults;
    }

    /** By hand, for want of its schema: only fields that are known to be right. */
    private static List<String> podMonitorFaults(JsonNode monitor) {
        Stream<String> spec = names(monitor.path("spec"))
                .filter(field -> !Set.of("selector", "podMetricsEndpoints").contains(field));
        Stream<String> selector = names(monitor.at("/spec/selector")).filter(field -> !field.equals("matchLabels"));
        Stream<String> endpoint = names(monitor.at("/spec/podMetricsEndpoints/0"))
                .filter(field -> !Set.of("port", "path").contains(field));
        return Stream.of(spec, selector, endpoint).flatMap(found -> found).toList();
    }

    private static Stream<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey);
    }
}
