package io.ticketbridge.source.api;

import com.fasterxml.jackson.core.JsonPointer;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a mapping file and says everything that is wrong with it, each with file, line and key. */
final class MappingText {
    private static final Set<String> TOP = Set.of("request", "paging", "records", "complete", "finding");
    private static final Set<String> FINDING = Set.of(
            "scope",
            "account",
            "region",
            "check",
            "resources",
            "result",
            "severity",
            "title",
            "message",
            "description",
            "remediation",
            "url",
            "observed-at",
            "controls",
            "attributes");
    private static final Set<String> RESOURCES = Set.of("each", "uid", "name", "type", "region");
    private static final Set<String> CONTROLS = Set.of("each", "framework", "id", "title");
    private static final Map<String, Result> RESULTS = Map.of(
            "fail", Result.FAIL,
            "pass", Result.PASS,
            "suppressed", Result.SUPPRESSED,
            "inconclusive", Result.INCONCLUSIVE);
    private static final Map<String, Severity> SEVERITIES = Map.of(
            "critical", Severity.CRITICAL,
            "high", Severity.HIGH,
            "medium", Severity.MEDIUM,
            "low", Severity.LOW,
            "informational", Severity.INFORMATIONAL,
            "unknown", Severity.UNKNOWN);

    private final List<String> problems;

    private MappingText(List<String> problems) {
        this.problems = problems;
    }

    /**
     * @param file its name, for errors
     * @param problems takes what is wrong; the mapping is of no use if there is anything
     */
    static Mapping read(String file, String text, List<String> problems) {
        try {
            Node root = new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .orElse(null);
            if (root == null) {
                problems.add("mapping " + file
                        + ": is empty; the recipe docs/recipes/your-own-source.md has one to begin with");
                return null;
            }
            return new MappingText(problems).mapping(file, new Yaml(file, root, problems));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            boolean colons = e.getProblem().contains("mapping values are not allowed");
            problems.add("mapping " + file + " line " + line + ": is no YAML: " + e.getProblem()
                    + (colons ? "; jq: stands on a line of its own, further in than its key" : ""));
        } catch (YamlEngineException e) {
            problems.add("mapping " + file + ": is no YAML: " + e.getMessage());
        }
        return null;
    }

    private Mapping mapping(String file, Yaml root) {
        Map<String, Yaml> top = root.fields(TOP);
        if (!root.isMap()) {
            return null;
        }
        if (!top.containsKey("finding")) {
            root.problem("needs the key finding");
        }
        RequestText request = new RequestText(this);
        Expression records = top.containsKey("records") ? expression(top.get("records")) : Expression.itself("records");
        return new Mapping(
                file,
                request.call(top.get("request"), root),
                request.paging(top.get("paging"), records),
                records,
                evidence(top.get("complete")),
                top.containsKey("finding") ? finding(top.get("finding")) : null);
    }

    private Evidence evidence(Yaml complete) {
        String word = complete == null ? "false" : complete.scalar().orElse("");
        return switch (word) {
            case "true" -> Evidence.ALL;
            case "false" -> Evidence.NONE;
            case "checks" -> Evidence.CHECKS;
            default -> {
                complete.problem("must be true, false or checks");
                yield Evidence.NONE;
            }
        };
    }

    private Mapping.Fields finding(Yaml finding) {
        Map<String, Yaml> fields = finding.fields(FINDING);
        for (String needed : List.of("check", "resources", "result")) {
            if (finding.isMap() && !fields.containsKey(needed)) {
                finding.problem("needs the key " + needed);
            }
        }
        Yaml resources = fields.get("resources");
        Map<String, Yaml> of = resources == null ? Map.of() : resources.fields(RESOURCES);
        if (resources != null && resources.isMap() && !of.containsKey("uid")) {
            resources.problem("needs the key uid");
        }
        return new Mapping.Fields(
                expression(fields.get("scope")),
                expression(fields.get("account")),
                expression(fields.get("region")),
                expression(fields.get("check")),
                of.containsKey("each") ? expression(of.get("each")) : Expression.itself("finding.resources"),
                expression(of.get("uid")),
                expression(of.get("name")),
                expression(of.get("type")),
                expression(of.get("region")),
                results(fields.get("result")),
                severities(fields.get("severity")),
                expression(fields.get("title")),
                expression(fields.get("message")),
                expression(fields.get("description")),
                expression(fields.get("remediation")),
                expression(fields.get("url")),
                expression(fields.get("observed-at")),
                controls(fields.get("controls")),
                attributes(fields.get("attributes")));
    }

    private Mapping.Results results(Yaml result) {
        if (result == null) {
            return new Mapping.Results(Result.INCONCLUSIVE, Map.of());
        }
        if (result.scalar().isPresent()) {
            Result always = RESULTS.get(result.scalar().get());
            if (always == null) {
                result.problem(
                        "must be fail, pass, suppressed or inconclusive, or a map that says which words of the source mean which");
            }
            return new Mapping.Results(always, Map.of());
        }
        Set<String> known = new HashSet<>(RESULTS.keySet());
        known.add("from");
        Map<String, Yaml> fields = result.fields(known);
        Expression from = expression(fields.get("from"));
        Map<Result, Mapping.Words> words = new EnumMap<>(Result.class);
        fields.forEach((name, values) -> {
            if (!name.equals("from")) {
                Map<String, Yaml> own = values.isMap() ? values.fields(Set.of("from", "values")) : Map.of();
                Expression where = own.containsKey("from") ? expression(own.get("from")) : from;
                if (where.isNothing()) {
                    values.problem("needs a from: where the word stands");
                }
                words.put(
                        RESULTS.get(name),
                        new Mapping.Words(where, words(values.isMap() ? own.get("values") : values, values)));
            }
        });
        if (result.isMap() && !words.containsKey(Result.FAIL)) {
            result.problem("needs the key fail: the words that mean a failure");
        }
        return new Mapping.Results(null, words);
    }

    /** One word or a list of them, in lower case. */
    private static Set<String> words(Yaml values, Yaml above) {
        Set<String> words = new HashSet<>();
        if (values == null) {
            above.problem("needs the key values");
        } else if (values.isList()) {
            values.items().forEach(one -> one.scalar()
                    .ifPresentOrElse(
                            word -> words.add(word.toLowerCase(Locale.ROOT)),
                            () -> one.problem("must be a list of words")));
        } else {
            values.scalar()
                    .ifPresentOrElse(
                            word -> words.add(word.toLowerCase(Locale.ROOT)),
                            () -> values.problem("must be a word or a list of words"));
        }
        return words;
    }

    private Mapping.Severities severities(Yaml severity) {
        if (severity == null || !severity.isMap() || isJq(severity)) {
            return new Mapping.Severities(expression(severity), Map.of());
        }
        Set<String> known = new HashSet<>(SEVERITIES.keySet());
        known.add("from");
        Map<String, Yaml> fields = severity.fields(known);
        if (!fields.containsKey("from")) {
            severity.problem("needs the key from");
        }
        Map<String, Severity> words = new HashMap<>();
        fields.forEach((name, values) -> {
            if (!name.equals("from")) {
                words(values, values).forEach(word -> words.put(word, SEVERITIES.get(name)));
            }
        });
        return new Mapping.Severities(expression(fields.get("from")), words);
    }

    private List<Mapping.Controls> controls(Yaml controls) {
        List<Mapping.Controls> all = new ArrayList<>();
        if (controls == null) {
            return all;
        }
        for (Yaml one : controls.isList() ? controls.items() : List.of(controls)) {
            Map<String, Yaml> fields = one.fields(CONTROLS);
            if (one.isMap() && !fields.containsKey("id")) {
                one.problem("needs the key id");
            }
            all.add(new Mapping.Controls(
                    fields.containsKey("each") ? expression(fields.get("each")) : Expression.itself("finding.controls"),
                    expression(fields.get("framework")),
                    expression(fields.get("id")),
                    expression(fields.get("title"))));
        }
        return all;
    }

    private Map<String, Expression> attributes(Yaml attributes) {
        Map<String, Expression> all = new LinkedHashMap<>();
        if (attributes != null) {
            attributes.fields(Set.of()).forEach((name, value) -> all.put(name, expression(value)));
        }
        return all;
    }

    private static boolean isJq(Yaml value) {
        return value.isMap() && value.keys().contains("jq");
    }

    /** A JSON pointer if it begins with a slash, jq if it is a map with that key, else a text. */
    Expression expression(Yaml value) {
        if (value == null) {
            return Expression.NOTHING;
        }
        if (value.isMap()) {
            Yaml jq = value.fields(Set.of("jq")).get("jq");
            return jq == null ? Expression.NOTHING : jq(value, jq);
        }
        String text = value.scalar().orElse(null);
        if (text == null) {
            value.problem("must be a JSON pointer such as /Id, a text, or jq:");
            return Expression.NOTHING;
        }
        if (text.startsWith("jq:")) {
            value.problem("has jq in its text; write jq: on a line of its own, further in, as a key");
            return Expression.NOTHING;
        }
        return text.startsWith("/") ? pointer(value, text) : Expression.literal(value.place(), text);
    }

    private static Expression jq(Yaml value, Yaml jq) {
        try {
            return Expression.jq(value.place(), jq.scalar().orElse(""));
        } catch (CannotRead e) {
            jq.problem("is wrong: " + e.getMessage());
            return Expression.NOTHING;
        }
    }

    private static Expression pointer(Yaml value, String text) {
        JsonPointer pointer = pointerOf(value, text);
        return pointer == null ? Expression.NOTHING : Expression.pointer(value.place(), pointer);
    }

    /** Null if it is none, which is said then. */
    static JsonPointer pointerOf(Yaml value, String text) {
        String wrong = text.length() > 1 && text.endsWith("/")
                ? "ends with a slash; take it away"
                : text.matches(".*~(?![01]).*")
                        ? "has a ~ that is neither ~0 (for ~) nor ~1 (for /)"
                        : text.matches(".*\\[\\d*].*")
                                ? "is no JSON pointer; the first of a list is /0, and jq takes several"
                                : "";
        if (!wrong.isEmpty()) {
            value.problem("'" + text + "' " + wrong);
            return null;
        }
        return JsonPointer.compile(text);
    }
}
