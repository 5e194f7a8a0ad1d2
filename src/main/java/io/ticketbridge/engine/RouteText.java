package io.ticketbridge.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A route file as the rules look at it: its maps and texts, each with the line where it stands.
 *
 * @param maps every map, with the key that it stands under
 * @param texts every text, with the key that it stands under
 * @param parameters what the templates of the file declare
 */
record RouteText(RouteFile file, List<Entry> maps, List<Text> texts, List<String> parameters) {

    /** @param fields key to text, or to the key of what is below it */
    record Entry(String key, int line, Map<String, Node> fields) {
        String text(String field) {
            return fields.get(field) instanceof ScalarNode scalar ? scalar.getValue() : "";
        }

        /** The name of the {@code direct} that it sends to or listens on. */
        Optional<String> direct() {
            String uri = text("uri");
            if (uri.startsWith("direct:")) {
                return Optional.of(uri.substring("direct:".length())
                        .replaceFirst("^//", "")
                        .replaceFirst("\\?.*", ""));
            }
            return uri.equals("direct") && fields.get("parameters") instanceof MappingNode parameters
                    ? Optional.ofNullable(fieldsOf(parameters).get("name"))
                            .filter(ScalarNode.class::isInstance)
                            .map(name -> ((ScalarNode) name).getValue())
                    : Optional.empty();
        }

        boolean hasSteps() {
            return fields.get("steps") instanceof SequenceNode steps
                    && !steps.getValue().isEmpty();
        }
    }

    record Text(String key, int line, String value) {}

    /** Empty if it is no YAML; that is said elsewhere. */
    static Optional<RouteText> of(RouteFile file) {
        try {
            RouteText text = new RouteText(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            new Compose(LoadSettings.builder().build())
                    .composeString(file.text())
                    .ifPresent(root -> text.collect("", root));
            return Optional.of(text);
        } catch (org.snakeyaml.engine.v2.exceptions.YamlEngineException e) {
            return Optional.empty();
        }
    }

    private void collect(String key, Node node) {
        if (node instanceof MappingNode map) {
            Map<String, Node> fields = fieldsOf(map);
            maps.add(new Entry(key, line(node), fields));
            if (key.equals("routeTemplate") && fields.get("parameters") instanceof SequenceNode declared) {
                declared.getValue().stream()
                        .filter(MappingNode.class::isInstance)
                        .map(each -> fieldsOf((MappingNode) each).get("name"))
                        .filter(ScalarNode.class::isInstance)
                        .forEach(name -> parameters.add(((ScalarNode) name).getValue()));
            }
            fields.forEach(this::collect);
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(each -> collect(key, each));
        } else if (node instanceof ScalarNode scalar) {
            texts.add(new Text(key, line(node), scalar.getValue()));
        }
    }

    private static Map<String, Node> fieldsOf(MappingNode map) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                fields.put(name.getValue(), tuple.getValueNode());
            }
        }
        return fields;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    String at(int line, String what) {
        return file.location() + ": line " + line + ": " + what;
    }
}
