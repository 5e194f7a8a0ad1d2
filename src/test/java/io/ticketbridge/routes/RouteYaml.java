package io.ticketbridge.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;

/**
 * A route file as the rules look at it: plain maps and lists.
 *
 * @param name the file's name
 * @param entries the top-level entries, each a map with one key
 */
public record RouteYaml(String name, String text, List<Map<String, Object>> entries) {
    private static final Path FOLDER = Path.of("routes");
    private static final String SUFFIX = ".camel.yaml";
    private static final Pattern READ_AHEAD = Pattern.compile("start\\(\\$\\{exchange}, '([^']+)'");

    /** Anything with an id that a message passes: {@code from}, each step, each branch of a choice, try or exception. */
    public record Step(String file, String kind, Map<String, Object> body) {
        public String place() {
            return file + ": " + kind + " " + body.getOrDefault("id", "without id");
        }

        String text(String key) {
            return String.valueOf(body.getOrDefault(key, ""));
        }

        /** The name of the {@code direct} that it sends to or listens on, or null. */
        String direct() {
            return text("uri").equals("direct") && body.get("parameters") instanceof Map<?, ?> parameters
                    // A route of all flows calls the instance of the flow that its message belongs to.
                    ? String.valueOf(parameters.get("name")).replace("${body.flow.name}", "{{flow}}")
                    : null;
        }

        /** The direct that pages are read ahead from, or null. */
        String readAhead() {
            Matcher start = READ_AHEAD.matcher(text("method"));
            return start.find() ? start.group(1) : null;
        }
    }

    static List<RouteYaml> all() {
        return in(FOLDER);
    }

    static List<RouteYaml> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<RouteYaml> read = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                read.add(of(file.getFileName().toString(), Files.readString(file)));
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    public static RouteYaml of(String name, String text) {
        Object loaded = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
        return new RouteYaml(name, text, (List<Map<String, Object>>) loaded);
    }

    /** The file's name without number and suffix. */
    String title() {
        return name.replaceFirst("^\\d\\d-", "").replace(SUFFIX, "");
    }

    List<Map<String, Object>> of(String kind) {
        return entries.stream()
                .filter(entry -> entry.containsKey(kind))
                .map(entry -> map(entry.get(kind)))
                .toList();
    }

    List<Map<String, Object>> templates() {
        return of("routeTemplate");
    }

    /** The routes, those inside of templates included. */
    List<Map<String, Object>> routes() {
        return Stream.concat(of("route").stream(), templates().stream().map(template -> map(template.get("route"))))
                .toList();
    }

    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        entries.forEach(entry -> collect(entry, steps));
        return steps;
    }

    private void collect(Object node, List<Step> steps) {
        if (node instanceof List<?> list) {
            list.forEach(each -> collect(each, steps));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                switch (String.valueOf(key)) {
                    case "steps", "onException" -> wrapped(value, steps);
                    case "when", "doCatch" -> ((List<?>) value).forEach(each -> add(String.valueOf(key), each, steps));
                    case "from", "otherwise", "doFinally", "onFallback" -> add(String.valueOf(key), value, steps);
                    // An option of an endpoint may have the name of a step.
                    case "parameters" -> {}
                    default -> collect(value, steps);
                }
            });
        }
    }

    private void wrapped(Object list, List<Step> steps) {
        for (Object each : (List<?>) list) {
            map(each).forEach((kind, body) -> add(kind, body, steps));
        }
    }

    private void add(String kind, Object body, List<Step> steps) {
        steps.add(new Step(name, kind, body instanceof Map<?, ?> ? map(body) : Map.of("", body)));
        collect(body, steps);
    }

    /** Every text in the file with the key that it stands under. */
    void texts(BiConsumer<String, String> visitor) {
        texts("", entries, visitor);
    }

    private static void texts(String key, Object node, BiConsumer<String, String> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts(String.valueOf(name), value, visitor));
        } else if (node instanceof List<?> list) {
            list.forEach(each -> texts(key, each, visitor));
        } else {
            visitor.accept(key, String.valueOf(node));
        }
    }

    /** The lines with a comment, counted from 1. */
    List<Integer> comments() {
        LoadSettings withComments =
                LoadSettings.builder().setParseComments(true).build();
        return StreamSupport.stream(new Parse(withComments).parseString(text).spliterator(), false)
                .filter(event -> event.getEventId() == Event.ID.Comment)
                .map(event -> event.getStartMark().orElseThrow().getLine() + 1)
                .toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
