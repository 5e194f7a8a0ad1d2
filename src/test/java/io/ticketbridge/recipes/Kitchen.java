package io.ticketbridge.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Bridge;
import io.ticketbridge.testing.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A recipe at work: the real command line with the recipe's folder of routes, between the simulators. What the page shows as
 * output must be what was printed, each block once.
 */
final class Kitchen implements AutoCloseable {
    /** They read no route files. */
    private static final Set<String> READING = Set.of("status", "explain", "release");

    private final Path routes;
    private final Recipe recipe;
    private final Bridge bridge;
    private final List<String> shown;

    private Kitchen(Path folder, String name) {
        routes = folder.resolve("routes");
        recipe = Recipe.of(name);
        shown = new ArrayList<>(recipe.outputs());
        bridge = Bridge.in(folder)
                .with("servicenow.deliveries", "1")
                .with("profile.tickets.table", null)
                .with("profile.compliance-incident.table", "incident")
                .with("flow.compliance.profile", "compliance-incident")
                .with("flow.cases.profile", "compliance-incident");
    }

    /** What the recipe says is done; what it takes for granted may be set first. */
    static Kitchen with(Path folder, String recipe) {
        return new Kitchen(folder, recipe);
    }

    Kitchen given(String key, String value) {
        bridge.with(key, value);
        return this;
    }

    Kitchen follow() {
        recipe.apply(bridge, routes);
        return this;
    }

    Bridge bridge() {
        return bridge;
    }

    Path routes() {
        return routes;
    }

    CommandRun run(String command, Object... arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        Stream.of(arguments).map(String::valueOf).forEach(line::add);
        line.addAll(List.of("--config", bridge.config().toString()));
        if (!READING.contains(line.get(0))) {
            line.addAll(List.of("--routes", routes.toString()));
        }
        return CommandRun.of(line.toArray(String[]::new));
    }

    CommandRun runs(String command, Object... arguments) {
        CommandRun run = run(command, arguments);
        assertThat(run.exit()).as("%s%n%s", run.out(), run.err()).isZero();
        return run;
    }

    /** The next block of output that the page shows is among what was printed. */
    void shows(CommandRun run) {
        shows(run.out());
    }

    void shows(String printed) {
        String block = shown.remove(0).stripTrailing();
        assertThat(printed.replaceAll(" +\n", "\n")).contains(block);
    }

    /** Another test of the same page compares its output. */
    void plate() {
        shown.clear();
    }

    Path edit(String name, String before, String after) {
        try {
            Path file = routes.resolve(name);
            String text = Files.readString(file);
            assertThat(text).contains(before);
            return Files.writeString(file, text.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        bridge.close();
        assertThat(shown).as("outputs that nothing was compared with").isEmpty();
    }
}
