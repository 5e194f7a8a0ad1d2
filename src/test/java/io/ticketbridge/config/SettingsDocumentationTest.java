package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation is what the catalogue renders. Written anew by {@code mvn -q test -Dtest=SettingsDocumentationTest -DwriteDocs}. */
class SettingsDocumentationTest {
    @Test
    void the_page_of_settings_is_what_the_catalogue_says() throws IOException {
        assertWritten(Path.of("docs/settings.md"), SettingsDocumentation.table());
    }

    @Test
    void application_properties_documents_every_key_where_it_stands() throws IOException {
        assertWritten(Path.of("config/application.properties"), SettingsDocumentation.file());
    }

    /** People search for the whole name; in the file a system's own proxy is named by its end, on one line. */
    @Test
    void each_setting_is_found_by_its_name() {
        String page = SettingsDocumentation.table();
        String file = SettingsDocumentation.file();
        assertThat(Keys.all()).allSatisfy(key -> {
            assertThat(page).containsOnlyOnce("`" + key.pattern() + "`");
            assertThat(file)
                    .as(key.pattern())
                    .containsPattern("(?m)^#(?:" + Pattern.quote(SettingsDocumentation.example(key))
                            + "| ticketbridge\\." + key.section() + "(?:\\.[a-z-]+, )*\\." + key.leaf() + ")(?:,|$)");
        });
    }

    @Test
    void the_schema_is_what_the_catalogue_says() throws IOException {
        assertWritten(Path.of("docs/settings.schema.json"), SettingsSchema.text());
    }

    @Test
    void the_schema_takes_every_documented_line_and_refuses_what_the_settings_refuse() {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SettingsSchema.text());
        for (Key<?> key : Keys.all()) {
            String[] line = SettingsDocumentation.example(key).split("=", 2);
            assertThat(faults(schema, line[0], line[1])).as(line[0]).isEmpty();
            assertThat(faults(schema, line[0] + ".file", "/run/secrets/value"))
                    .as(line[0])
                    .isEmpty();
        }
        assertThat(faults(schema, "camel.main.name", "bridge")).isEmpty();
        assertThat(faults(schema, "ticketbridge.flow.cases.sorce", "files")).isNotEmpty();
        assertThat(faults(schema, "ticketbridge.flow.cases.source", "vision-two"))
                .isNotEmpty();
        assertThat(faults(schema, "ticketbridge.flow.cases.enabled", "yes")).isNotEmpty();
        assertThat(faults(schema, "ticketbridge.database.pool-size", "ten")).isNotEmpty();
        assertThat(faults(schema, "ticketbridge.servicenow.group-sys-id", "Network"))
                .isNotEmpty();
    }

    private static List<Error> faults(Schema schema, String key, String value) {
        return schema.validate(new ObjectMapper().createObjectNode().put(key, value));
    }

    @Test
    void every_key_has_a_sentence_and_a_default_or_an_example() {
        assertThat(Keys.all()).allSatisfy(key -> {
            assertThat(key.meaning()).endsWith(".");
            assertThat(key.isSecret() || !(key.fallback() + key.example()).isEmpty())
                    .isTrue();
        });
        assertThat(Keys.all()).extracting(Key::pattern).doesNotHaveDuplicates();
    }

    @Test
    void every_documented_line_works_when_its_mark_is_taken_away() {
        Map<String, String> lines = new TreeMap<>();
        for (Key<?> key : Keys.all()) {
            String[] line = SettingsDocumentation.example(key).split("=", 2);
            lines.put(line[0], line[1]);
        }
        Settings settings = Settings.load(Sources.only(lines), Requirement.LEDGER_ONLY);
        assertThat(settings.flows().get("compliance").profile()).isEqualTo("compliance-incident");
        assertThat(settings.warnings()).isEmpty();
    }

    private static void assertWritten(Path file, String expected) throws IOException {
        if (System.getProperty("writeDocs") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file).content().isEqualTo(expected);
    }
}
