package io.ticketbridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The schema of one of Camel K's custom resources. A cluster drops fields that it does not know without a word; here they are
 * faults.
 */
public final class CustomResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode written;
    private final Schema schema;

    private CustomResource(Object definition, List<String> later) {
        JsonNode versions = JSON.valueToTree(definition).path("spec").path("versions");
        written = StreamSupport.stream(versions.spliterator(), false)
                .filter(version -> version.path("name").asText().equals("v1"))
                .findFirst()
                .orElseThrow()
                .path("schema")
                .path("openAPIV3Schema");
        ObjectNode closed = written.deepCopy();
        ((ObjectNode) closed.path("properties")).putObject("metadata").put("type", "object");
        close(closed);
        later.forEach(path -> add(closed, path));
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(closed);
    }

    /**
     * As camel-k-crds has it.
     *
     * @param plural {@code kamelets}, {@code integrations}
     * @param later what came after it and may be there as well: {@code spec.git}
     */
    public static CustomResource ofJar(String plural, String... later) {
        try (InputStream in = CustomResource.class.getResourceAsStream("/camel.apache.org_" + plural + ".yaml")) {
            return new CustomResource(yaml().loadFromInputStream(in), List.of(later));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a file defines it. */
    public static CustomResource ofFile(Path definition) {
        try {
            return new CustomResource(yaml().loadFromString(Files.readString(definition)), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> faults(String name, Object resource) {
        return schema.validate(JSON.valueToTree(resource)).stream()
                .map(fault -> name + ": " + fault.getInstanceLocation() + ": " + fault.getMessage())
                .toList();
    }

    /** Whether the definition itself has a field: {@code spec.git}. */
    public boolean has(String path) {
        JsonNode here = written;
        for (String part : path.split("\\.")) {
            here = here.path("properties").path(part);
        }
        return !here.isMissingNode();
    }

    private static void add(JsonNode schema, String path) {
        JsonNode here = schema;
        String[] parts = path.split("\\.");
        for (int i = 0; i < parts.length - 1; i++) {
            here = here.path("properties").path(parts[i]);
        }
        ((ObjectNode) here.path("properties")).putObject(parts[parts.length - 1]);
    }

    private static Load yaml() {
        return new Load(LoadSettings.builder().build());
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
