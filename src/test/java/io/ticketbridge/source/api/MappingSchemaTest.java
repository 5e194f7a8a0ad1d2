package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/mapping.schema.json tells an editor what the application would say. */
class MappingSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<Error> faults(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.readTree(Files.readAllBytes(Path.of("docs/mapping.schema.json"))));
        JsonNode mapping = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        return List.copyOf(schema.validate(mapping));
    }

    @Test
    void what_is_shipped_fits_and_is_what_a_misspelt_name_is_compared_with() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("config/mappings"))) {
            List<Path> shipped = files.sorted().toList();
            assertThat(shipped)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("prowler-app.yaml", "security-hub.yaml");
            for (Path file : shipped) {
                assertThat(faults(Files.readString(file))).as("%s", file).isEmpty();
            }
        }
        assertThat(Mapped.problems(Mapped.WHOLE)).isEmpty();
        assertThat(faults(Mapped.WHOLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paging: {}",
                "paging: {next-link: /a, offset: {to: query b}}",
                "paging: {cursor: {from: /a, to: header b}}",
                "complete: sometimes",
                "record: /items",
                "  titel: /a",
                "  severity: {critical: Urgent}",
                "  title: {jp: .a}"
            })
    void what_the_application_refuses_does_not_fit(String line) throws IOException {
        assertThat(Mapped.problems(Mapped.WHOLE + line + "\n")).isNotEmpty();
        assertThat(faults(Mapped.WHOLE + line + "\n")).isNotEmpty();
    }
}
