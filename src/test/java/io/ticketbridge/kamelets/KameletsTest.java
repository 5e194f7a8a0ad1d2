package io.ticketbridge.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.routes.CamelSchema;
import io.ticketbridge.testing.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelets keep the catalogue's rules; a rule that is broken names every place and what to do about it. */
class KameletsTest {
    private static final List<KameletFile> KAMELETS = KameletFile.all();

    @Test
    void each_rule_is_kept_by_each_kamelet() {
        assertThat(faults(KAMELETS)).isEmpty();
    }

    @Test
    void each_template_is_a_route_in_canonical_form() {
        CamelSchema schema = CamelSchema.canonical();

        assertThat(KAMELETS.stream().map(KameletFile::route).flatMap(schema::faults))
                .isEmpty();
    }

    @Test
    void each_kamelet_is_what_camel_k_takes() {
        CustomResource schema = CustomResource.ofJar("kamelets");

        assertThat(KAMELETS.stream().flatMap(kamelet -> schema.faults(kamelet.file(), kamelet.yaml()).stream()))
                .isEmpty();
    }

    @Test
    void each_pipe_is_what_camel_k_takes() throws IOException {
        CustomResource schema = CustomResource.ofJar("pipes");
        try (Stream<Path> files = Files.list(KameletFile.FOLDER.resolve("examples"))) {
            List<Path> pipes =
                    files.filter(file -> file.toString().endsWith(".pipe.yaml")).toList();

            assertThat(pipes).isNotEmpty();
            for (Path pipe : pipes) {
                assertThat(schema.faults(pipe.toString(), yaml(Files.readString(pipe))))
                        .isEmpty();
            }
        }
    }

    /** One edit for each rule. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: ticketbridge-sink|name: bridge-sink|metadata.name is bridge-sink",
                "kamelet.type: \"sink\"|kamelet.type: \"drain\"|must be source, sink or action",
                "title: \"Ticketbridge Sink\"|title: \"Ticketbridge\"|must end with Sink",
                "    type: object|    type: array|spec.definition.type must be object",
                "    - flow|    - url|required lists url twice",
                "    - flow|    - stream|required names stream",
                "title: Flow|title: The Flow|begins with an article",
                "title: Ticketbridge URL|title: Ticketbridge address|a word in lower case: \"address\"",
                "type: integer|format: int32|property retries has no type",
                "format: password|format: text|property token is a secret",
                "urn:camel:group:credentials|urn:alm:descriptor:com.tectonic.ui:password|OpenShift's old console",
                "data:image/svg+xml|https://example.com/icon.svg|must be an SVG inside",
                "provider: \"Ticketbridge\"|provider: \"Apache Software Foundation\"|only what the Apache catalogue ships",
                "catalog.version: \"|catalog.version: \"9|must be the version in pom.xml",
                "support.level: \"Preview\"|support.level: \"Good\"|support.level must be one of",
                "kamelet.namespace|kamelet.nameplace|camel.apache.org/kamelet.namespace is missing",
                "Bearer {{token}}|Bearer {{key}}|{{key}} is used and not declared",
                "Bearer {{token}}|Bearer {{flow}}|token is declared and never used",
                "uri: kamelet:source|uri: direct:source|must have the uri kamelet:source",
                "\"camel:jq\"|\"jq\"|dependency jq must be",
                "\"camel:http\"|\"camel:netty-http\"|must be what the template uses",
                "\"camel:http\"|\"camel:zip\"|dependencies must be sorted",
                "id: put-token|id: putToken|ids are kebab-case",
                "id: put-token|id: put-type|the id is taken",
                "type: integer|type: integer |ends with a space"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void what_breaks_a_rule_is_found_and_named(String kept, String broken, String fault) {
        KameletFile sink = sink();
        assertThat(sink.text()).contains(kept);

        KameletFile edited = KameletFile.of(
                sink.file(), sink.text().replaceFirst(Pattern.quote(kept), Matcher.quoteReplacement(broken)));

        assertThat(faults(List.of(edited))).anyMatch(said -> said.startsWith(sink.file()) && said.contains(fault));
    }

    @Test
    void two_kamelets_of_one_title_are_found() {
        assertThat(faults(List.of(sink(), sink())))
                .anyMatch(said -> said.contains("title is that of ticketbridge-sink.kamelet.yaml"));
    }

    @Test
    void a_field_that_a_cluster_would_drop_is_found() {
        KameletFile edited = KameletFile.of("a", sink().text().replace("  dependencies:", "  dependency:"));

        assertThat(CustomResource.ofJar("kamelets").faults("a", edited.yaml()))
                .anyMatch(said -> said.contains("dependency"));
    }

    private static KameletFile sink() {
        return KAMELETS.stream()
                .filter(kamelet -> kamelet.name().equals("ticketbridge-sink"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> faults(List<KameletFile> kamelets) {
        Stream<Function<List<KameletFile>, Stream<String>>> rules = Stream.of(
                KameletRules::fileHasTheKameletsName,
                KameletRules::typeIsKnownAndEndsTheName,
                KameletRules::definitionIsDescribed,
                KameletRules::requiredOnesExistOnce,
                KameletRules::propertiesAreDescribed,
                KameletRules::secretsAreMarked,
                all -> KameletRules.annotationsAreThere(all, version()),
                KameletRules::titlesAndDescriptionsDiffer,
                KameletRules::parametersAreDeclaredAndUsed,
                KameletRules::sourceEndsAndSinkBeginsAsTheyMust,
                KameletRules::dependenciesAreWrittenRight,
                KameletRules::stepsHaveIds,
                KameletRules::textIsClean);
        return rules.flatMap(rule -> rule.apply(kamelets)).toList();
    }

    private static String version() {
        try {
            Matcher version = Pattern.compile("<artifactId>ticketbridge</artifactId>\\s*<version>(.+?)</version>")
                    .matcher(Files.readString(Path.of("pom.xml")));
            assertThat(version.find()).isTrue();
            return version.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }
}
