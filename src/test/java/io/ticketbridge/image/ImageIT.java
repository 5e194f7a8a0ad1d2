package io.ticketbridge.image;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageIT {
    private static final Image IMAGE = Image.built();
    private static final JsonNode CONFIG = IMAGE.config().path("config");
    private static final int OTHERS_WRITE = 0022;
    private static final int NEITHER_SETUID_NOR_STICKY = 07000;

    @Test
    void it_runs_as_nobody_in_particular_in_its_own_folder() {
        assertThat(CONFIG.path("User").asText()).isEqualTo("1000:1000");
        assertThat(CONFIG.path("WorkingDir").asText()).isEqualTo("/ticketbridge");
    }

    @Test
    void it_starts_with_run_and_other_commands_are_arguments() {
        assertThat(IMAGE.entrypoint())
                .startsWith("java")
                .contains("-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8")
                .endsWith("io.ticketbridge.Ticketbridge");
        assertThat(IMAGE.command()).containsExactly("run");
        assertThat(IMAGE.environment()).containsExactly("LANG=C.UTF-8");
    }

    @Test
    void it_names_its_ports_and_no_volume() {
        assertThat(CONFIG.path("ExposedPorts").fieldNames()).toIterable().containsExactly("8080/tcp", "9876/tcp");
        assertThat(CONFIG.path("Volumes")).isEmpty();
    }

    @Test
    void its_labels_say_what_it_is() {
        JsonNode labels = CONFIG.path("Labels");
        assertThat(labels.path("org.opencontainers.image.title").asText()).isEqualTo("ticketbridge");
        assertThat(labels.path("org.opencontainers.image.licenses").asText()).isEqualTo("Apache-2.0");
        assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo(pom("version"));
    }

    @Test
    void its_times_are_those_of_the_project_and_not_of_the_build() {
        Instant time = Instant.parse(pom("project.build.outputTimestamp"));
        assertThat(Instant.parse(IMAGE.config().path("created").asText())).isEqualTo(time);
        assertThat(IMAGE.files().map(Layer.Entry::modified).distinct())
                .containsExactlyInAnyOrder(Instant.ofEpochSecond(1), time);
    }

    @Test
    void dependencies_are_a_layer_of_their_own_and_the_lowest() {
        List<Layer.Entry> lowest = IMAGE.layers().get(0).files();
        assertThat(lowest).filteredOn(Layer.Entry::isFile).isEqualTo(IMAGE.libraries());
        assertThat(IMAGE.layers().stream().skip(1).flatMap(layer -> layer.files().stream()))
                .allSatisfy(file ->
                        assertThat(file.content().length).as("%s", file.path()).isLessThan(5_000_000));
    }

    @Test
    void nothing_but_the_application_its_bill_of_materials_and_its_licence_is_in_it() {
        assertThat(IMAGE.files().filter(Layer.Entry::isFile).map(Layer.Entry::path))
                .filteredOn(path -> !path.matches("app/libs/[\\w.-]+\\.jar"))
                .containsExactlyInAnyOrder(
                        "app/classpath/ticketbridge.jar",
                        "app/jib-classpath-file",
                        "app/jib-main-class-file",
                        "ticketbridge/LICENSE",
                        "ticketbridge/sbom/application.cdx.json");
    }

    @Test
    void all_is_owned_by_root_and_writable_to_nobody_else() {
        assertThat(IMAGE.files()).allSatisfy(file -> {
            assertThat(file.kind()).isIn("file", "folder");
            assertThat(file.user()).isZero();
            assertThat(file.group()).isZero();
            assertThat(file.mode() & OTHERS_WRITE).as("%s", file.path()).isZero();
            assertThat(file.mode() & NEITHER_SETUID_NOR_STICKY)
                    .as("%s", file.path())
                    .isZero();
        });
    }

    @Test
    void the_application_is_what_the_build_compiled_without_tests_and_without_anybodys_settings() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(
                IMAGE.file("app/classpath/ticketbridge.jar").content()))) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .filteredOn(not(name -> name.endsWith("/")))
                .allMatch(ImageIT::isOfTheProject)
                .contains("io/ticketbridge/Ticketbridge.class", "config/mappings/prowler-app.yaml")
                .doesNotContain("config/application.properties");
        assertThat(names).filteredOn(name -> name.startsWith("routes/")).hasSizeGreaterThan(20);
    }

    /** Compiled from its sources, copied from its folders, or written by the build. */
    private static boolean isOfTheProject(String name) {
        Path source = Path.of("src", "main", "java", name.replaceFirst("(\\$.*)?\\.class$", ".java"));
        return Stream.of(source, Path.of("src", "main", "resources", name), Path.of(name))
                        .anyMatch(Files::isRegularFile)
                || name.matches("META-INF/(MANIFEST\\.MF|maven/.*|sbom/application\\.cdx\\.json|ticketbridge/files)");
    }

    /** The first of its kind in the build file. */
    private static String pom(String element) {
        try {
            return Files.readString(Path.of("pom.xml"))
                    .replaceFirst("(?s).*?</modelVersion>", "")
                    .replaceFirst("(?s).*?<" + element + ">(.*?)</.*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
