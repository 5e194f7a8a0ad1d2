package io.ticketbridge.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The JSON schema of the YAML DSL, from Camel's own jar: as it is, and without the short forms that only Camel reads. */
public final class CamelSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PER_FILE = 5;

    private final Schema schema;

    private CamelSchema(JsonNode schema) {
        this.schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(schema);
    }

    public static CamelSchema asItIs() {
        return new CamelSchema(read());
    }

    /** A step is a map, never a text; an expression stands in {@code expression:}. */
    public static CamelSchema canonical() {
        JsonNode schema = read();
        strip(schema);
        return new CamelSchema(schema);
    }

    public Stream<String> faults(RouteYaml file) {
        return schema.validate(JSON.valueToTree(file.entries())).stream()
                // Camel fills a setting in before it looks at the type.
                .filter(fault -> !fault.getInstanceNode().asText().contains("{{"))
                .limit(MOST_PER_FILE)
                .map(fault -> file.name() + ": " + fault.getInstanceLocation() + ": " + fault.getMessage());
    }

    private static JsonNode read() {
        try (InputStream in = CamelSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            takeMapInsteadOfText(object);
            takeWrappedExpression(object);
        }
        node.forEach(CamelSchema::strip);
    }

    private static void takeMapInsteadOfText(ObjectNode object) {
        if (object.get("oneOf") instanceof ArrayNode forms
                && forms.size() == 2
                && forms.get(0).path("type").asText().equals("string")
                && forms.get(1).path("type").asText().equals("object")) {
            object.remove("oneOf");
            object.setAll((ObjectNode) forms.get(1));
        }
    }

    private static void takeWrappedExpression(ObjectNode object) {
        if (!(object.get("anyOf") instanceof ArrayNode forms)) {
            return;
        }
        StreamSupport.stream(forms.spliterator(), false)
                .filter(form -> form.path("properties").has("expression"))
                .findFirst()
                .ifPresent(form -> {
                    object.remove("anyOf");
                    ObjectNode properties = (ObjectNode) object.get("properties");
                    // An empty schema marks the place of a language without its wrapper.
                    properties.properties().removeIf(property -> property.getValue()
                            .isEmpty());
                    properties.setAll((ObjectNode) form.get("properties"));
                    object.withArray("required").add("expression");
                });
    }
}
