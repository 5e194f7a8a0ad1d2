package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start parses each file once, and refuses what trying it apart refuses, in the same words. */
class ParsedRoutesTest {
    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void the_shipped_files_define_what_trying_them_apart_finds() throws Exception {
        List<String> problems = new ArrayList<>();
        Map<RouteFile, Definitions> apart =
                Definitions.of(new RouteFiles(folder).read().values(), problems);

        assertThat(problems).isEmpty();
        assertThat(defined()).isEqualTo(apart).hasSizeGreaterThan(50);
    }

    @Test
    void a_file_that_does_not_parse_is_named_with_its_line() throws IOException {
        write("77-mine.camel.yaml", "- route:\n    id: mine\n    from:\n      uri: timer:x\n      step: []\n");

        assertRefusedAsWhenTriedApart("77-mine.camel.yaml");
    }

    @Test
    void text_that_is_no_yaml_is_named_with_its_line() throws IOException {
        write("77-mine.camel.yaml", "- route:\n   - id: [\n");

        assertRefusedAsWhenTriedApart("77-mine.camel.yaml: line ");
    }

    @Test
    void an_id_that_is_taken_is_refused() throws IOException {
        write("77-mine.camel.yaml", route("dedupe-findings", ""));

        assertRefusedAsWhenTriedApart("the id dedupe-findings is taken by");
    }

    @Test
    void a_route_configuration_that_is_nowhere_is_refused() throws IOException {
        write("77-mine.camel.yaml", route("mine", "    routeConfigurationId: none\n"));

        assertRefusedAsWhenTriedApart("there is no routeConfiguration none");
    }

    @Test
    void a_route_without_an_id_gets_one_and_a_bean_of_another_file_is_there() throws Exception {
        write("77-mine.camel.yaml", route("mine", "").replace("    id: mine\n", ""));
        write("78-beans.camel.yaml", "- beans:\n    - name: words\n      type: java.util.TreeMap\n");

        assertThat(defined().keySet()).extracting(RouteFile::name).contains("77-mine.camel.yaml");
        assertThat(context.getRegistry().lookupByName("words")).isInstanceOf(TreeMap.class);
    }

    private Map<RouteFile, Definitions> defined() throws Exception {
        return ParsedRoutes.begin(context, new RouteFiles(folder)::read).get().define(context);
    }

    private void assertRefusedAsWhenTriedApart(String sentence) {
        List<String> problems = new ArrayList<>();
        Definitions.of(new RouteFiles(folder).read().values(), problems);

        assertThatThrownBy(this::defined)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(sentence)
                .hasMessage(new CannotStart(problems).getMessage());
    }

    private static String route(String id, String more) {
        return "- route:\n    id: " + id + "\n" + more
                + "    from:\n      uri: direct:mine\n      steps:\n        - log: mine\n";
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
