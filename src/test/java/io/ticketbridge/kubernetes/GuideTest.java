package io.ticketbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.testing.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/kubernetes.md names what is there, and its commands do what it says, as far as that can be seen without a cluster. */
class GuideTest {
    private static final Path GUIDE = Path.of("docs/kubernetes.md");

    /** The reader makes it. */
    private static final String FILLED_IN = "config/kubernetes/secrets.properties";

    @TempDir
    private Path folder;

    @Test
    void it_names_each_overlay_and_no_path_that_is_not_there() throws IOException {
        assertThat(Files.readString(GUIDE))
                .contains(
                        Overlays.names().stream().map(name -> "`" + name + "`").toList());
        assertThat(found("\\b(config/[\\w./-]*\\w|routes/[\\w.-]*\\w)"))
                .isNotEmpty()
                .filteredOn(path -> !path.equals(FILLED_IN))
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
    }

    @Test
    void its_secret_is_what_the_api_takes_and_has_a_file_for_each_setting() throws IOException {
        Path filled = folder.resolve("secrets.properties");
        Files.writeString(
                filled,
                Files.readString(Path.of("config/kubernetes/secrets.example.properties"))
                        .replaceAll("(?m)=$", "=a b=\"c\""));
        List<String> command = new ArrayList<>(
                List.of(found("kubectl (create secret generic .*)").get(0).split(" ")));
        command.replaceAll(word -> word.replace(FILLED_IN, filled.toString()));
        command.addAll(List.of("--dry-run=client", "-o", "yaml"));

        JsonNode secret =
                Manifests.of(Kubectl.run(command.toArray(String[]::new))).the("Secret");

        assertThat(KubernetesKinds.faults(secret)).isEmpty();
        assertThat(Manifests.name(secret)).isEqualTo("ticketbridge-secrets");
        assertThat(secret.at("/metadata/namespace").asText()).isEqualTo("ticketbridge");
        Map<String, String> data = Manifests.texts(secret.path("data"));
        assertThat(data)
                .containsOnlyKeys(
                        "ticketbridge.http.password",
                        "ticketbridge.database.password",
                        "ticketbridge.servicenow.client-secret",
                        "ticketbridge.vision-one.token");
        assertThat(data.values())
                .allSatisfy(value ->
                        assertThat(Base64.getDecoder().decode(value)).asString().isEqualTo("a b=\"c\""));
    }

    @Test
    void its_platform_is_what_camel_k_takes() throws IOException {
        String platform = found("(?s)<<EOF\\n(.*?)EOF").get(0).replaceAll("(?m)^   ", "");

        assertThat(CustomResource.ofJar("integrationplatforms")
                        .faults("platform", Manifests.of(platform).the("IntegrationPlatform")))
                .isEmpty();
        assertThat(platform).contains("address:");
    }

    private static List<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
