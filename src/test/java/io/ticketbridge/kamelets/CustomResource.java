package io.ticketbridge.kamelets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The schema of one of Camel K's custom resources, from its own jar. A cluster drops fields that it does not know without a word;
 * here they are faults.
 */
final class CustomResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schema schema;

    /** @param plural {@code kamelets}, {@code pipes} */
    CustomResource(String plural) {
        JsonNode versions = JSON.valueToTree(yaml(plural)).path("spec").path("versions");
        ObjectNode written = (ObjectNode) StreamSupport.stream(versions.spliterator(), false)
                .filter(version -> version.path("name").asText().equals("v1"))
                .findFirst()
                .orElseThrow()
                .path("schema")
                .path("openAPIV3Schema");
        ((ObjectNode) written.path("properties")).putObject("metadata").put("type", "object");
        close(written);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(written);
    }

    List<String> faults(String name, Object resource) {
        return schema.validate(JSON.valueToTree(resource)).stream()
                .map(fault -> name + ": " + fault.getInstanceLocation() + ": " + fault.getMessage())
                .toList();
    }

    private static Object yaml(String plural) {
        try (InputStream in = CustomResource.class.getResourceAsStream("/camel.apache.org_" + plural + ".yaml")) {
            return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        node.forEach(CustomResource::close);
    }
}
