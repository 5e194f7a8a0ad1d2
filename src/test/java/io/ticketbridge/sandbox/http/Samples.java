package io.ticketbridge.sandbox.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The sample payloads beside the project, where they are. */
public final class Samples {
    private static final Path FOLDER = Path.of("../shared/samples");

    private Samples() {}

    public static JsonNode read(String file) {
        Path path = FOLDER.resolve(file);
        assumeTrue(Files.exists(path), "No sample payloads at " + path + "; the shapes are not compared");
        try {
            return new ObjectMapper().readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every path in a document with the type of its value; array indexes are dropped, maps below {@code open} too. */
    public static Set<String> shape(JsonNode node, String... open) {
        Set<String> paths = new TreeSet<>();
        collect("", node, Set.of(open), paths);
        return paths;
    }

    private static void collect(String path, JsonNode node, Set<String> open, Set<String> paths) {
        if (node.isObject() && !open.contains(path)) {
            node.properties().forEach(field -> collect(path + "." + field.getKey(), field.getValue(), open, paths));
        } else if (node.isArray()) {
            node.forEach(item -> collect(path + "[]", item, open, paths));
        }
        paths.add(path + ":" + node.getNodeType());
    }
}
