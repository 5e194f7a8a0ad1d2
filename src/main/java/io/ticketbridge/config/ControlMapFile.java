package io.ticketbridge.config;

import io.ticketbridge.config.ControlMap.Joined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads which controls are the same, and says of everything that is wrong in which line it is. */
final class ControlMapFile {
    private static final List<String> KEYS = List.of("title", "same-as");

    private final Path file;
    private final String property;
    private final Problems problems;
    private final Map<String, Joined> joined = new HashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    /** Where each name was listed. */
    private final Map<String, Integer> lines = new HashMap<>();

    private ControlMapFile(Path file, String property, Problems problems) {
        this.file = file;
        this.property = property;
        this.problems = problems;
    }

    /** @param property the setting that names the file */
    static ControlMap read(Path file, String property, Problems problems) {
        ControlMapFile map = new ControlMapFile(file, property, problems);
        map.read();
        return new ControlMap(map.joined);
    }

    private void read() {
        try {
            LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
            Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
            root.ifPresentOrElse(
                    this::entries, () -> wrong(null, "names no control", "write an entry, or remove the setting"));
        } catch (IOException e) {
            problems.add(
                    property,
                    "must name a readable UTF-8 file",
                    file.toString(),
                    "",
                    "put it there, or correct the path");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(property, "is no YAML: " + e.getProblem(), "", file + ":" + line, "correct the line");
        } catch (YamlEngineException e) {
            problems.add(property, "is no YAML", "", file.toString(), "correct it");
        }
    }

    private void entries(Node top) {
        if (!(top instanceof MappingNode all)) {
            wrong(top, "must hold entries", "write ID: and below it title and same-as");
            return;
        }
        for (NodeTuple entry : all.getValue()) {
            text(entry.getKeyNode(), "an entry's id").ifPresent(id -> {
                Integer before = entries.putIfAbsent(id, line(entry.getKeyNode()));
                if (before != null) {
                    wrong(
                            entry.getKeyNode(),
                            "must not have an entry " + id + " a second time: the first is in line " + before,
                            "put what both say into one");
                } else {
                    entry(id, entry);
                }
            });
        }
    }

    private void entry(String id, NodeTuple entry) {
        if (!(entry.getValueNode() instanceof MappingNode parts)) {
            wrong(
                    entry.getKeyNode(),
                    id + " must have same-as",
                    "write below it same-as: and a list of checks and controls");
            return;
        }
        String title = id;
        Node sameAs = null;
        for (NodeTuple part : parts.getValue()) {
            String key = text(part.getKeyNode(), "a key").orElse("");
            switch (key) {
                case "title" ->
                    title = text(part.getValueNode(), "the title of " + id).orElse(id);
                case "same-as" -> sameAs = part.getValueNode();
                case "" -> {}
                default ->
                    wrong(
                            part.getKeyNode(),
                            "must not say " + key + " of " + id,
                            "write " + Nearest.to(key, KEYS) + ", or remove it");
            }
        }
        if (!(sameAs instanceof SequenceNode names) || names.getValue().isEmpty()) {
            wrong(
                    sameAs == null ? entry.getKeyNode() : sameAs,
                    id + " must have a list same-as",
                    "name the checks and controls that are the same");
            return;
        }
        Joined into = new Joined(id, title);
        names.getValue().forEach(name -> text(name, "what " + id + " is the same as")
                .ifPresent(each -> join(each, name, into)));
    }

    private void join(String name, Node at, Joined into) {
        Joined before = joined.putIfAbsent(name, into);
        if (before == null) {
            lines.put(name, line(at));
        } else {
            wrong(
                    at,
                    "must not name " + name + " a second time: line " + lines.get(name) + " has it in " + before.id(),
                    "keep it in one of them");
        }
    }

    private Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue().strip());
        }
        wrong(node, what + " must be a text", "write one, in quotes where YAML needs them");
        return Optional.empty();
    }

    private void wrong(Node at, String rule, String remedy) {
        problems.add(property, rule, "", at == null ? file.toString() : file + ":" + line(at), remedy);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
