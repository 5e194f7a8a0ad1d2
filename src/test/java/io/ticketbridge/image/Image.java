package io.ticketbridge.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What the build wrote with no base below it.
 *
 * @param config what a container engine reads of it
 * @param layers the lowest first
 */
record Image(JsonNode config, List<Layer> layers) {
    static final Path TAR = Path.of("target", "image-layers", "image.tar");
    private static final String LIBRARIES = "app/libs/";

    static Image built() {
        if (!Files.exists(TAR)) {
            throw new AssertionError("build it first: mvn verify, which writes " + TAR);
        }
        try (InputStream in = Files.newInputStream(TAR)) {
            Map<String, byte[]> files =
                    Layer.read(in).files().stream().collect(Collectors.toMap(Layer.Entry::path, Layer.Entry::content));
            ObjectMapper json = new ObjectMapper();
            JsonNode manifest = json.readTree(files.get("manifest.json")).path(0);
            List<Layer> layers = new ArrayList<>();
            for (JsonNode name : manifest.path("Layers")) {
                layers.add(Layer.read(new GZIPInputStream(new ByteArrayInputStream(files.get(name.asText())))));
            }
            return new Image(json.readTree(files.get(manifest.path("Config").asText())), layers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Layer.Entry> files() {
        return layers.stream().flatMap(layer -> layer.files().stream());
    }

    /** The jars of others. */
    List<Layer.Entry> libraries() {
        return files().filter(file -> file.isFile() && file.path().startsWith(LIBRARIES))
                .toList();
    }

    Layer.Entry file(String path) {
        return files().filter(file -> file.path().equals(path)).findFirst().orElseThrow();
    }

    /** What a container starts with, before the arguments. */
    List<String> entrypoint() {
        return texts("Entrypoint");
    }

    List<String> command() {
        return texts("Cmd");
    }

    List<String> environment() {
        return texts("Env");
    }

    /** A container's root, without the base. */
    void unpack(Path root) {
        try {
            for (Layer.Entry file : files().toList()) {
                Path path = root.resolve(file.path());
                if (file.isFile()) {
                    Files.write(path, file.content());
                } else {
                    Files.createDirectories(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        config.path("config").path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
