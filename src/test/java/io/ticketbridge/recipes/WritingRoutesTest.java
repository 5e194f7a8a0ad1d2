package io.ticketbridge.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.recipes.Page.Block;
import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/writing-routes.md says is so. */
class WritingRoutesTest {
    private static final Page PAGE = Page.read(Path.of("docs", "writing-routes.md"));
    private static final String DEDUPE = "40-dedupe-findings.camel.yaml";

    @TempDir
    private Path folder;

    private static List<String> outputs(String containing) {
        return PAGE.blocks().stream()
                .filter(block -> block.language().isEmpty())
                .map(Block::text)
                .map(String::strip)
                .filter(text -> text.contains(containing))
                .toList();
    }

    /** The cells of the rows of the table with that heading, backquotes left out. */
    private static List<List<String>> table(String heading) {
        List<String> lines = PAGE.text().lines().toList();
        return lines.stream()
                .skip(lines.indexOf(heading) + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split(" \\| "))
                        .map(cell -> cell.replaceAll("[`|]", "").strip())
                        .toList())
                .toList();
    }

    private static String shipped(String name) throws IOException {
        return Files.readString(Path.of("routes", name));
    }

    @Test
    void the_file_that_is_explained_is_the_shipped_one() throws IOException {
        assertThat(PAGE.blocks().stream().filter(block -> block.language().equals("yaml")))
                .singleElement()
                .satisfies(block -> assertThat(block.text()).isEqualTo(shipped("45-split-groups.camel.yaml")));
    }

    @Test
    void a_step_finds_what_the_table_says() throws IOException {
        List<List<String>> rows = table("| in file | before the step | body |");
        Path routes = Files.createDirectories(folder.resolve("routes"));
        for (List<String> row : rows) {
            String name = row.get(0) + ".camel.yaml";
            Path file = routes.resolve(name);
            String before = Files.exists(file) ? Files.readString(file) : shipped(name);
            int indent = indentOf(before, row.get(1));
            String log = " ".repeat(indent) + "- log:\n" + " ".repeat(indent + 4) + "id: look-" + row.get(1) + "\n"
                    + " ".repeat(indent + 4) + "loggingLevel: WARN\n" + " ".repeat(indent + 4) + "message: \"AT "
                    + row.get(1) + " ${body.class.simpleName}\"\n";
            Files.writeString(file, new Place(name, "before", row.get(1)).put(log, before));
        }
        try (CapturedLog log = new CapturedLog();
                Bridge bridge = Bridge.in(folder).withRoutes(routes)) {
            bridge.importFile(Scan.of().fails("ssh", "one").write(folder));

            assertThat(log.lines(Level.WARN).stream().distinct())
                    .containsExactlyInAnyOrderElementsOf(rows.stream()
                            .map(row -> "WARN AT " + row.get(1) + " " + row.get(2))
                            .toList());
        }
    }

    private static int indentOf(String text, String step) {
        List<String> lines = text.lines().toList();
        int at = lines.stream().map(String::strip).toList().indexOf("id: " + step);
        return lines.get(at - 1).indexOf("- ");
    }

    @Test
    void the_beans_have_the_methods_of_the_table() {
        try (Bridge bridge = Bridge.in(folder)) {
            var registry = bridge.engine().context().getRegistry();
            assertThat(table("| bean | method | does |")).hasSizeGreaterThan(3).allSatisfy(row -> {
                Object bean = registry.lookupByName(row.get(0));
                assertThat(bean).as(row.get(0)).isNotNull();
                String method = row.get(1).replaceFirst("\\(.*", "");
                long arguments = row.get(1).contains("(") ? row.get(1).split(",").length : 1;
                assertThat(bean.getClass().getMethods())
                        .anyMatch(each -> each.getName().equals(method) && each.getParameterCount() == arguments);
            });
        }
    }

    @Test
    void what_is_taken_over_and_what_is_refused_is_said_as_shown() throws IOException {
        List<String> shown = outputs("route file");
        assertThat(shown).hasSize(5);
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Path file = routes.resolve(DEDUPE);
        Files.writeString(file, shipped(DEDUPE));
        try (CapturedLog log = new CapturedLog();
                Engine engine = watching(routes)) {
            Files.writeString(file, shipped(DEDUPE).replace("Let pass what is news", "Only news"));
            said(log, shown.get(0), routes);
            Files.writeString(file, shipped(DEDUPE).replace("- bean:", "- baen:"));
            said(log, shown.get(1), routes);
            Files.writeString(file, shipped(DEDUPE).replace("ref: onlyReadable", "ref: onlyReadabel"));
            said(log, shown.get(2), routes);
            Files.writeString(file, shipped(DEDUPE).replace(": finding-errors", ": findings-errors"));
            said(log, shown.get(3), routes);
            Files.writeString(file, shipped(DEDUPE));
            Files.writeString(routes.resolve("41-copied.camel.yaml"), shipped(DEDUPE));
            said(log, shown.get(4), routes);
        }
    }

    private Engine watching(Path routes) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("ticketbridge.database.url", "jdbc:h2:file:" + folder.resolve("ledger"));
        settings.put("ticketbridge.http.enabled", "false");
        settings.put("ticketbridge.servicenow.url", "http://127.0.0.1:9");
        settings.put("ticketbridge.servicenow.client-id", "client");
        settings.put("ticketbridge.servicenow.client-secret", "secret");
        return Engine.start(
                Settings.load(Sources.only(settings)), new Engine.Options(routes, false, true, Clock.systemUTC()));
    }

    private static void said(CapturedLog log, String shown, Path routes) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(log.lines(Level.INFO).stream()
                        .map(line -> line.replaceFirst("^[A-Z]+ ", "").replace("file:" + routes, "file:routes"))
                        .toList())
                .contains(shown));
    }

    @Test
    void a_plan_without_network_says_what_is_shown() throws IOException {
        CommandRun run =
                CommandRun.of("plan", "--offline", "docs/examples/monday.ocsf.json", "--config", config().toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains(outputs("findings\n").get(0));
    }

    private Path config() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                """
                ticketbridge.flow.compliance.source=files
                ticketbridge.flow.compliance.group-by=control
                ticketbridge.flow.compliance.profile=compliance-incident
                ticketbridge.flow.compliance.filter=${body.account} == '111122223333'
                ticketbridge.profile.compliance-incident.table=incident
                """);
        return config;
    }

    @Test
    void a_check_of_the_routes_says_what_is_shown() throws IOException {
        String name = "70-deliver-ticket.camel.yaml";
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve(name), shipped(name).replace("- choice:", "- chose:"));

        CommandRun run = CommandRun.of("check", "--routes-only", "--routes", routes.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out().replace("file:" + routes, "file:routes"))
                .contains(outputs("problem").get(0));
    }

    @Test
    void a_plan_replaces_the_files_that_the_page_names() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/plan"))) {
            assertThat(files.map(file -> "`" + file.getFileName().toString().substring(0, 2) + "`"))
                    .hasSize(5)
                    .allSatisfy(number -> assertThat(PAGE.text()).containsPattern("It replaces [^:]*" + number));
        }
    }
}
