package io.ticketbridge.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class BillOfMaterialsIT {
    private static final String NAME = "META-INF/sbom/application.cdx.json";
    private static final Image IMAGE = Image.built();
    private static final JsonNode BILL =
            read(IMAGE.file("ticketbridge/sbom/application.cdx.json").content());

    @Test
    void every_jar_of_the_image_is_named_with_its_hash_and_nothing_else_is() {
        Map<String, String> shipped = new TreeMap<>();
        IMAGE.libraries().forEach(jar -> shipped.put(jar.name(), sha256(jar.content())));
        Map<String, String> named = new TreeMap<>();
        components().forEach(component -> named.put(fileName(component), hash(component)));
        assertThat(named).isEqualTo(shipped).hasSizeGreaterThan(100);
    }

    @Test
    void each_has_an_address_that_scanners_look_up() {
        assertThat(components())
                .allSatisfy(component -> assertThat(component.path("purl").asText())
                        .startsWith("pkg:maven/" + component.path("group").asText() + "/"
                                + component.path("name").asText() + "@"
                                + component.path("version").asText()));
    }

    @Test
    void the_licence_of_each_is_known() {
        assertThat(components())
                .filteredOn(component -> licences(component).isEmpty()
                        || licences(component).stream().anyMatch(String::isBlank))
                .as("without a licence; docs/image.md has to name them")
                .isEmpty();
    }

    @Test
    void the_executable_jar_has_the_same_bill() throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("crash.jar"))) {
            assertThat(jar.getInputStream(jar.getEntry(NAME)).readAllBytes())
                    .isEqualTo(
                            IMAGE.file("ticketbridge/sbom/application.cdx.json").content());
        }
    }

    @Test
    void it_tells_what_a_component_was_brought_by() {
        assertThat(BILL.path("dependencies"))
                .filteredOn(node -> node.path("ref").asText().contains("/camel-quartz@"))
                .singleElement()
                .satisfies(node -> assertThat(node.path("dependsOn").toString()).contains("/quartz@"));
    }

    @Test
    void the_page_counts_no_less_than_there_is_to_know_of_unusual_licences() throws IOException {
        String page = Files.readString(Path.of("docs", "image.md"));
        assertThat(components())
                .filteredOn(component -> licences(component).stream().noneMatch(BillOfMaterialsIT::isPermissive))
                .allSatisfy(component -> assertThat(page)
                        .as("docs/image.md on licences")
                        .contains("`" + component.path("name").asText() + "`"));
    }

    private static boolean isPermissive(String licence) {
        return licence.matches("Apache-2\\.0|MIT|CC0-1\\.0|BSD-[23]-Clause");
    }

    private static List<JsonNode> components() {
        return StreamSupport.stream(BILL.path("components").spliterator(), false)
                .toList();
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(licence -> licence.path("expression").asText()
                        + licence.path("license").path("id").asText()
                        + licence.path("license").path("name").asText())
                .toList();
    }

    private static String fileName(JsonNode component) {
        String type = component.path("purl").asText().replaceFirst(".*type=", "");
        return component.path("name").asText() + "-" + component.path("version").asText() + "." + type;
    }

    private static String hash(JsonNode component) {
        return StreamSupport.stream(component.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .collect(Collectors.joining());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(byte[] json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
