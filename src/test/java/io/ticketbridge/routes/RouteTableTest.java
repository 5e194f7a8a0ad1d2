package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.engine.RouteCheck;
import io.ticketbridge.routes.RouteYaml.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in routes/README.md says what the files say. */
class RouteTableTest {
    private static final List<RouteYaml> FILES = RouteYaml.all();
    private static final Map<String, String> OUTSIDE = Map.ofEntries(
            Map.entry("quartz", "Quartz"),
            Map.entry("platform-http", "HTTP"),
            Map.entry("kafka:", "Kafka"),
            Map.entry("servicenow", "ServiceNow"),
            Map.entry("{{ticketbridge.vision-one", "Vision One"),
            Map.entry("{{token-server}}", "a token server"),
            Map.entry("{{ticketbridge.api.{{instance}}.url", "an API"),
            Map.entry("{{ticketbridge.scc.{{instance}}.url", "IBM SCC"),
            Map.entry("{{ticketbridge.workload-protection.{{instance}}.url", "Workload Protection"));

    private record Row(String file, Set<String> takesFrom, Set<String> handsTo) {
        @Override
        public String toString() {
            return "| " + file + " | " + String.join(", ", takesFrom) + " | " + String.join(", ", handsTo) + " | ... |";
        }
    }

    @Test
    void the_table_names_every_file_with_what_it_takes_from_and_hands_to() throws IOException {
        List<Row> expected = FILES.stream().map(RouteTableTest::row).toList();
        List<Row> written = new ArrayList<>();
        for (String[] cells : cells()) {
            written.add(new Row(cells[1].strip(), names(cells[2]), names(cells[3])));
        }
        assertThat(written).containsExactlyElementsOf(expected);
    }

    @Test
    void the_table_says_what_each_file_guarantees() throws IOException {
        assertThat(cells()).allSatisfy(cells -> assertThat(cells[4].strip()).hasSizeGreaterThan(10));
    }

    private static List<String[]> cells() throws IOException {
        return Files.readAllLines(Path.of("routes/README.md")).stream()
                .filter(line -> line.matches("\\| \\d\\d-.*"))
                .map(line -> line.split("\\|"))
                .toList();
    }

    private static Set<String> names(String cell) {
        return new TreeSet<>(List.of(cell.replace("`", "").strip().split(", ")));
    }

    private static Row row(RouteYaml file) {
        String name = file.name().replace(".camel.yaml", "");
        if (file.routes().isEmpty()) {
            return new Row(name, Set.of("every route"), Set.of("nobody"));
        }
        Set<String> takesFrom = new TreeSet<>();
        Set<String> handsTo = new TreeSet<>();
        for (Step step : file.steps()) {
            boolean from = step.kind().equals("from");
            if (step.readAhead() != null) {
                ids(step.readAhead(), true).forEach(handsTo::add);
            } else if (step.direct() == null) {
                outside(step).forEach((from ? takesFrom : handsTo)::add);
            } else if (from) {
                ids(step.direct(), false).forEach(takesFrom::add);
                if (RouteCheck.ENTRY_POINTS.contains(step.direct())) {
                    takesFrom.add("the engine");
                }
            } else {
                ids(step.direct(), true).forEach(handsTo::add);
            }
        }
        return new Row(name, takesFrom, handsTo.isEmpty() ? Set.of("nobody") : handsTo);
    }

    /** The routes that listen on a direct, or those that send to it. */
    private static Stream<String> ids(String direct, boolean listening) {
        return FILES.stream()
                .filter(file -> file.steps().stream()
                        .anyMatch(step ->
                                direct.equals(step.direct()) && step.kind().equals("from") == listening
                                        || !listening && direct.equals(step.readAhead())))
                .map(RouteYaml::title);
    }

    private static Stream<String> outside(Step step) {
        String uri = step.text("uri");
        return uri.isEmpty()
                ? Stream.empty()
                : Stream.of(OUTSIDE.entrySet().stream()
                        .filter(known -> uri.startsWith(known.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(uri));
    }
}
