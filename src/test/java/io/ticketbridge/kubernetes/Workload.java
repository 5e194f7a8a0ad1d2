package io.ticketbridge.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What a Deployment and an Integration both say of the pods that they make, so that the two can be compared.
 *
 * @param environment with what comes from ConfigMaps
 * @param mounts paths, each with what is mounted there: {@code configmap:NAME}, {@code secret:NAME} or {@code empty}
 * @param ports by name
 * @param probes kinds, each with path, port and limits
 */
record Workload(
        int replicas,
        String image,
        String account,
        Map<String, String> environment,
        Map<String, String> mounts,
        Map<String, Integer> ports,
        Map<String, String> probes,
        Map<String, String> resources) {

    static Workload ofDeployment(JsonNode deployment, Manifests manifests) {
        JsonNode pod = deployment.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        Map<String, String> environment = new TreeMap<>();
        container.path("env").forEach(variable -> {
            JsonNode reference = variable.at("/valueFrom/configMapKeyRef");
            environment.put(
                    variable.path("name").asText(),
                    reference.isMissingNode()
                            ? variable.path("value").asText()
                            : manifests
                                    .configMap(reference.path("name").asText())
                                    .orElseThrow()
                                    .get(reference.path("key").asText()));
        });
        Map<String, String> volumes = new TreeMap<>();
        pod.path("volumes").forEach(volume -> volumes.put(volume.path("name").asText(), source(volume)));
        Map<String, String> mounts = new TreeMap<>();
        container
                .path("volumeMounts")
                .forEach(mount -> mounts.put(
                        mount.path("mountPath").asText(),
                        volumes.get(mount.path("name").asText())));
        Map<String, Integer> ports = new TreeMap<>();
        container
                .path("ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));
        Map<String, String> probes = new TreeMap<>();
        for (String kind : Probe.KINDS) {
            probes.put(kind, Probe.ofContainer(container.path(kind + "Probe"), ports));
        }
        Map<String, String> resources = new TreeMap<>();
        for (String kind : new String[] {"request", "limit"}) {
            container
                    .at("/resources/" + kind + "s")
                    .properties()
                    .forEach(resource -> resources.put(
                            kind + " " + resource.getKey(), resource.getValue().asText()));
        }
        return new Workload(
                deployment.at("/spec/replicas").asInt(),
                container.path("image").asText(),
                pod.path("serviceAccountName").asText(),
                environment,
                mounts,
                ports,
                probes,
                resources);
    }

    static Workload ofIntegration(JsonNode integration, Manifests manifests) {
        JsonNode traits = integration.at("/spec/traits");
        JsonNode container = traits.path("container");
        Map<String, String> environment = new TreeMap<>();
        texts(traits.at("/environment/vars")).forEach((name, ignored) -> {
            String[] variable = name.split("=", 2);
            environment.put(variable[0], resolved(variable[1], manifests));
        });
        Map<String, String> mounts = new TreeMap<>();
        texts(traits.at("/mount/resources")).keySet().forEach(resource -> {
            String[] parts = resource.split("@", 2);
            mounts.put(parts[1], parts[0]);
        });
        texts(traits.at("/mount/emptyDirs")).keySet().forEach(empty -> mounts.put(empty.split(":")[1], "empty"));
        Map<String, Integer> ports = new TreeMap<>();
        ports.put(container.path("portName").asText(), container.path("port").asInt());
        texts(container.path("ports"))
                .keySet()
                .forEach(port -> ports.put(port.split(";")[0], Integer.valueOf(port.split(";")[1])));
        Map<String, String> probes = new TreeMap<>();
        for (String kind : Probe.KINDS) {
            probes.put(kind, Probe.ofTrait(traits.path("health"), kind));
        }
        Map<String, String> resources = new TreeMap<>();
        for (String kind : new String[] {"request", "limit"}) {
            resources.put(kind + " cpu", container.path(kind + "CPU").asText());
            resources.put(kind + " memory", container.path(kind + "Memory").asText());
        }
        return new Workload(
                integration.at("/spec/replicas").asInt(),
                container.path("image").asText(),
                integration.at("/spec/serviceAccountName").asText(),
                environment,
                mounts,
                ports,
                probes,
                resources);
    }

    private static String source(JsonNode volume) {
        if (volume.has("configMap")) {
            return "configmap:" + volume.at("/configMap/name").asText();
        }
        return volume.has("secret")
                ? "secret:" + volume.at("/secret/secretName").asText()
                : "empty";
    }

    /** A literal value, or what {@code configmap:NAME/KEY} stands for. */
    private static String resolved(String value, Manifests manifests) {
        if (!value.startsWith("configmap:")) {
            return value;
        }
        String[] reference = value.substring("configmap:".length()).split("/", 2);
        return manifests.configMap(reference[0]).orElseThrow().get(reference[1]);
    }

    private static Map<String, String> texts(JsonNode list) {
        Map<String, String> texts = new TreeMap<>();
        StreamSupport.stream(list.spliterator(), false).forEach(item -> texts.put(item.asText(), ""));
        return texts;
    }
}
