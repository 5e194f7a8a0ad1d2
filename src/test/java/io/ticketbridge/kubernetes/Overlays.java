package io.ticketbridge.kubernetes;

import io.ticketbridge.engine.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The overlays, and the whole of config/ with each of them chosen; rendered once. */
final class Overlays {
    static final Path FOLDER = Path.of("config/kubernetes/overlays");
    static final String SANDBOX = "sandbox";
    static final String FROM_SOURCE = "camel-k-from-source";
    private static final String CHOSEN = "- kubernetes/overlays/camel-k-postgresql";

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();
    private static final Map<String, Manifests> WHOLE = new ConcurrentHashMap<>();

    private Overlays() {}

    static List<String> names() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All but the sandbox, which needs no settings: those that config/ can choose. */
    static List<String> chosen() {
        return names().stream().filter(name -> !name.equals(SANDBOX)).toList();
    }

    /** Those that make an Integration of the prebuilt image. */
    static List<String> ofCamelK() {
        return names().stream()
                .filter(name -> name.startsWith("camel-k") && !name.equals(FROM_SOURCE))
                .toList();
    }

    static Manifests rendered(String overlay) {
        return RENDERED.computeIfAbsent(overlay, name -> Kubectl.render(FOLDER.resolve(name)));
    }

    /** What {@code kubectl apply -k config} sends with this overlay chosen and the monitor added. */
    static Manifests whole(String overlay) {
        return WHOLE.computeIfAbsent(overlay, name -> {
            try (TemporaryFolder copy = TemporaryFolder.make("ticketbridge-manifests")) {
                copyOfProject(copy.path());
                Path kustomization = choose(copy.path(), overlay);
                edit(kustomization, "#components:", "components:");
                edit(kustomization, "#  - kubernetes/components/monitoring", "  - kubernetes/components/monitoring");
                return rendered(copy.path());
            }
        });
    }

    static Manifests rendered(Path copy) {
        return Kubectl.render(copy.resolve("config"));
    }

    static Path choose(Path copy, String overlay) {
        Path kustomization = copy.resolve("config/kustomization.yaml");
        edit(kustomization, CHOSEN, "- kubernetes/overlays/" + overlay);
        return kustomization;
    }

    /** config/ and routes/, to be edited. */
    static void copyOfProject(Path copy) {
        for (String tree : List.of("config", "routes")) {
            try (Stream<Path> files = Files.walk(Path.of(tree))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = copy.resolve(file.toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Replaces what must be there. */
    static void edit(Path file, String before, String after) {
        try {
            String text = Files.readString(file);
            if (!text.contains(before)) {
                throw new AssertionError(file + " does not say " + before);
            }
            Files.writeString(file, text.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
