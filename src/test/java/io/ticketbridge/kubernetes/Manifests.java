package io.ticketbridge.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documents that one folder is rendered to. */
record Manifests(List<JsonNode> documents) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Manifests of(String yaml) {
        Load load = new Load(LoadSettings.builder().build());
        return new Manifests(StreamSupport.stream(load.loadAllFromString(yaml).spliterator(), false)
                .<JsonNode>map(JSON::valueToTree)
                .toList());
    }

    static String kind(JsonNode document) {
        return document.path("kind").asText();
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    Stream<JsonNode> all(String kind) {
        return documents.stream().filter(document -> kind(document).equals(kind));
    }

    /** The one of its kind. */
    JsonNode the(String kind) {
        List<JsonNode> found = all(kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of kind " + kind);
        }
        return found.get(0);
    }

    boolean has(String kind) {
        return all(kind).findAny().isPresent();
    }

    /** What a ConfigMap holds; empty if there is none of that name. */
    Optional<Map<String, String>> configMap(String name) {
        return all("ConfigMap")
                .filter(document -> name(document).equals(name))
                .map(document -> texts(document.path("data")))
                .findFirst();
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    /** The one workload, in whatever form. */
    Workload workload() {
        return has("Integration")
                ? Workload.ofIntegration(the("Integration"), this)
                : Workload.ofDeployment(the("Deployment"), this);
    }
}
