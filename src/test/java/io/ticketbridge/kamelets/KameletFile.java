package io.ticketbridge.kamelets;

import io.ticketbridge.routes.RouteYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A Kamelet as the rules look at it.
 *
 * @param file the file's name
 */
record KameletFile(String file, String text, Map<String, Object> yaml) {
    static final Path FOLDER = Path.of("kamelets");
    static final String SUFFIX = ".kamelet.yaml";

    static List<KameletFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<KameletFile> all = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                all.add(of(file.getFileName().toString(), Files.readString(file)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KameletFile of(String file, String text) {
        return new KameletFile(
                file, text, map(new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text)));
    }

    String name() {
        return text(at(yaml, "metadata"), "name");
    }

    Map<String, Object> annotations() {
        return at(yaml, "metadata", "annotations");
    }

    String annotation(String name) {
        return text(annotations(), "camel.apache.org/" + name);
    }

    /** {@code source}, {@code sink} or {@code action}. */
    String type() {
        return text(at(yaml, "metadata", "labels"), "camel.apache.org/kamelet.type");
    }

    Map<String, Object> definition() {
        return at(yaml, "spec", "definition");
    }

    Map<String, Map<String, Object>> properties() {
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        at(definition(), "properties").forEach((name, property) -> properties.put(name, map(property)));
        return properties;
    }

    List<String> required() {
        return texts(definition().get("required"));
    }

    List<String> dependencies() {
        return texts(at(yaml, "spec").get("dependencies"));
    }

    Map<String, Object> template() {
        return at(yaml, "spec", "template");
    }

    List<String> beans() {
        return template().get("beans") instanceof List<?> beans
                ? beans.stream().map(bean -> text(map(bean), "name")).toList()
                : List.of();
    }

    /** The template as a route file, for the rules that hold for any route. */
    RouteYaml route() {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("id", name());
        if (template().containsKey("beans")) {
            template.put("beans", template().get("beans"));
        }
        template.put("route", Map.of("id", name(), "from", template().getOrDefault("from", Map.of())));
        String text = new Dump(DumpSettings.builder().build()).dumpToString(List.of(Map.of("routeTemplate", template)));
        return RouteYaml.of(file, text);
    }

    /** Every text in the template. */
    void texts(Consumer<String> visitor) {
        texts(template(), visitor);
    }

    private static void texts(Object node, Consumer<String> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.values().forEach(each -> texts(each, visitor));
        } else if (node instanceof List<?> list) {
            list.forEach(each -> texts(each, visitor));
        } else if (node != null) {
            visitor.accept(String.valueOf(node));
        }
    }

    static List<String> texts(Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    static String text(Map<String, Object> map, String key) {
        return map.get(key) == null ? "" : String.valueOf(map.get(key));
    }

    private static Map<String, Object> at(Map<String, Object> map, String... keys) {
        Map<String, Object> here = map;
        for (String key : keys) {
            here = here.get(key) instanceof Map<?, ?> ? map(here.get(key)) : Map.of();
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
