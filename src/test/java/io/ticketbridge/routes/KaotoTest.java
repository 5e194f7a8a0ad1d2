package io.ticketbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;

/**
 * What Kaoto needs beyond the schema, so that a file that it opens and saves is the same: one document, no anchors, one thing in
 * a step, and of what stands at the top only what it draws, or keeps as it is.
 */
class KaotoTest {
    private static final Set<String> DRAWN_OR_KEPT = Set.of("route", "routeConfiguration", "routeTemplate");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(Path.of("routes")), plans())) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> plans() throws IOException {
        return Stream.concat(
                Files.list(Path.of("src/main/resources/plan")), Files.list(Path.of("src/main/resources/plan-offline")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_survives_kaoto(Path file) throws IOException {
        assertThat(faults(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\n- route: {}\n---\n- route: {}\n",
                "- route: &one\n    id: a\n- route: *one\n",
                "- route:\n    from:\n      steps:\n        - to: {}\n          log: {}\n",
                "- kamelet: {}\n"
            })
    void what_does_not_survive_is_found(String text) {
        assertThat(faults(text)).isNotEmpty();
    }

    private static List<String> faults(String text) {
        List<String> faults = new ArrayList<>();
        int documents = 0;
        for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
            if (event instanceof DocumentStartEvent) {
                documents++;
            }
            if (event instanceof AliasEvent
                    || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                faults.add("an anchor: write it out");
            }
        }
        if (documents != 1) {
            return List.of(documents + " documents: a file is one");
        }
        RouteYaml.of("file", text).entries().forEach(entry -> {
            if (entry.size() != 1 || !DRAWN_OR_KEPT.containsAll(entry.keySet())) {
                faults.add("at the top: " + entry.keySet());
            }
            steps(entry, faults);
        });
        return faults;
    }

    private static void steps(Object node, List<String> faults) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("steps") && value instanceof List<?> list) {
                    list.stream()
                            .filter(step -> !(step instanceof Map<?, ?> one) || one.size() != 1)
                            .forEach(step -> faults.add("a step that is not one thing: " + step));
                }
                steps(value, faults);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(each -> steps(each, faults));
        }
    }
}
