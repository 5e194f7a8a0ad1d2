package io.ticketbridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rescan spares what is known the way through the routes, and nobody can tell by what comes of it. */
class ShortcutTest {
    private static final String ON_THE_WAY = "40-dedupe-findings.camel.yaml";

    @TempDir
    private Path folder;

    @Test
    void a_step_of_ones_own_before_the_filter_sees_what_is_known_too() throws IOException {
        String step = "        - bean:\n            id: refuse-unreadable\n";
        Path routes = routes(step, "        - stop:\n            id: drop-all\n" + step);
        try (Bridge bridge = Bridge.in(folder).withScc(4)) {
            Pass first = bridge.pollScc();
            assertThat(first.findings().get("opened")).isPositive();

            bridge.withRoutes(routes).restart();
            bridge.scc().nextScan();
            Pass second = bridge.pollScc();

            assertThat(second.findings()).isEqualTo(Map.of("filtered", second.read()));
        }
    }

    @Test
    void with_and_without_it_a_history_of_scans_has_the_same_accounts_and_tickets() throws IOException {
        Path whole = routes("id: refuse-unreadable", "id: refuse-what-is-unreadable");
        assertThat(history(folder.resolve("short"), Path.of("routes")))
                .isEqualTo(history(folder.resolve("whole"), whole));
    }

    private static List<String> history(Path folder, Path routes) throws IOException {
        Files.createDirectories(folder);
        try (Bridge bridge = Bridge.in(folder).withRoutes(routes).withScc(8)) {
            Stream.Builder<String> told = Stream.builder();
            for (int scan = 0; scan < 4; scan++) {
                Pass pass = bridge.pollScc();
                told.add(pass.findings() + " " + bridge.tickets().size() + " " + bridge.writes());
                bridge.scc().nextScan();
            }
            return told.build().toList();
        }
    }

    /** The shipped routes, and one place of the dedupe route changed. */
    private Path routes(String text, String other) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml"))
                    .toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Path changed = routes.resolve(ON_THE_WAY);
        String before = Files.readString(changed);
        assertThat(before).contains(text);
        Files.writeString(changed, before.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(other)));
        return routes;
    }
}
