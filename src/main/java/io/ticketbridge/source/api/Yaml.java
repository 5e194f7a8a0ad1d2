package io.ticketbridge.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.config.Settings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A part of a mapping file that knows where it stands, so that each problem names file, line and key. What is wrong is collected,
 * never thrown: all of it is reported at once.
 */
final class Yaml {
    private final String file;
    private final String path;
    private final Node node;
    private final List<String> problems;

    Yaml(String file, Node root, List<String> problems) {
        this(file, "", root, problems);
    }

    private Yaml(String file, String path, Node node, List<String> problems) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** For errors at run time. */
    String place() {
        return path + " (line " + line() + ")";
    }

    private int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    void problem(String rule) {
        problems.add("mapping " + file + " line " + line() + ": " + (path.isEmpty() ? "the file" : path) + " " + rule);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** The keys of a map, right or wrong. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        if (node instanceof MappingNode map) {
            map.getValue()
                    .forEach(tuple -> keys.add(tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : ""));
        }
        return keys;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** What stands there, if it is one text, number or flag. */
    Optional<String> scalar() {
        return node instanceof ScalarNode scalar && scalar.getTag() != Tag.NULL
                ? Optional.of(scalar.getValue().strip())
                : Optional.empty();
    }

    /** The fields of a map, all of which must be known; of any name where {@code known} is empty. */
    Map<String, Yaml> fields(Set<String> known) {
        Map<String, Yaml> fields = new LinkedHashMap<>();
        if (!(node instanceof MappingNode map)) {
            problem("must be a map" + (known.isEmpty() ? "" : " of " + String.join(", ", new TreeSet<>(known))));
            return fields;
        }
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem("must have plain keys");
                continue;
            }
            String name = key.getValue();
            Yaml field = new Yaml(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode(), problems);
            if (!known.isEmpty() && !known.contains(name)) {
                new Yaml(file, field.path, key, problems)
                        .problem("is no key here; the nearest is " + Settings.nearest(name, known));
            } else if (fields.put(name, field) != null) {
                field.problem("is there twice");
            }
        }
        return fields;
    }

    List<Yaml> items() {
        List<Yaml> items = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(one -> items.add(new Yaml(file, path, one, problems)));
        }
        return items;
    }

    /** As JSON, for a request's body. */
    JsonNode json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof MappingNode) {
            ObjectNode object = json.objectNode();
            fields(Set.of()).forEach((name, value) -> object.set(name, value.json()));
            return object;
        }
        if (node instanceof SequenceNode) {
            var list = json.arrayNode();
            items().forEach(one -> list.add(one.json()));
            return list;
        }
        String text = ((ScalarNode) node).getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(text.equals("true"));
        }
        if (tag.equals(Tag.INT)) {
            return json.numberNode(new BigInteger(text));
        }
        return tag.equals(Tag.FLOAT) ? json.numberNode(new BigDecimal(text)) : json.textNode(text);
    }
}
