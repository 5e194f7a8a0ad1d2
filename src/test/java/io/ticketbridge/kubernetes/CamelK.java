package io.ticketbridge.kubernetes;

import io.ticketbridge.testing.CustomResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Camel K takes as an Integration: by the newest schema that comes as a jar, and by a newer one that lies beside the project. */
final class CamelK {
    static final String OF_JAR = "2.4.0";
    static final String OF_FILE = "2.10.1";
    private static final Path NEWER = Path.of("../shared/schemas/camel-k-" + OF_FILE + "-integration-crd.yaml");

    /** What the manifests say and 2.4.0 does not know yet. */
    static final List<String> LATER = List.of(
            "spec.git",
            "spec.traits.container.ports",
            "spec.traits.health.livenessPort",
            "spec.traits.health.readinessPort",
            "spec.traits.health.startupPort");

    private CamelK() {}

    static CustomResource ofJar() {
        return CustomResource.ofJar("integrations", LATER.toArray(String[]::new));
    }

    /** Empty where the file is not there. */
    static Optional<CustomResource> ofFile() {
        return Files.exists(NEWER) ? Optional.of(CustomResource.ofFile(NEWER)) : Optional.empty();
    }
}
