package io.ticketbridge.kamelets;

import static io.ticketbridge.kamelets.KameletFile.text;
import static io.ticketbridge.kamelets.KameletFile.texts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the catalogue's own validator demands (apache/camel-kamelets, {@code script/validator}), and what designers need. */
final class KameletRules {
    static final String CREDENTIALS = "urn:camel:group:credentials";
    private static final String PROVIDER = "Ticketbridge";
    private static final String DEPRECATED = "urn:alm:descriptor:com.tectonic.ui";
    private static final Set<String> TYPES = Set.of("source", "sink", "action");
    private static final Set<String> LEVELS = Set.of("Preview", "Stable");
    private static final Set<String> SMALL = Set.of(
            "a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with");
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??([A-Za-z0-9-._]+)(?::[^}]*)?}}");
    private static final Pattern SECRET = Pattern.compile("(?i).*(token|password|secret|api-?key).*");
    private static final Pattern DEPENDENCY =
            Pattern.compile("camel:\\S+|mvn:[^:\\s]+:[^:\\s]+:[^:\\s]+|github:apache/\\S+");
    private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private KameletRules() {}

    static Stream<String> fileHasTheKameletsName(List<KameletFile> kamelets) {
        return kamelets.stream()
                .filter(kamelet -> !kamelet.file().equals(kamelet.name() + KameletFile.SUFFIX))
                .map(kamelet ->
                        kamelet.file() + ": metadata.name is " + kamelet.name() + ": rename the one or the other");
    }

    static Stream<String> typeIsKnownAndEndsTheName(List<KameletFile> kamelets) {
        return kamelets.stream()
                .filter(kamelet ->
                        !TYPES.contains(kamelet.type()) || !kamelet.name().endsWith("-" + kamelet.type()))
                .map(kamelet -> kamelet.file()
                        + ": the label camel.apache.org/kamelet.type must be source, sink or action, and end the name; it is "
                        + kamelet.type());
    }

    static Stream<String> definitionIsDescribed(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            List<String> faults = new ArrayList<>();
            String title = text(kamelet.definition(), "title");
            String end = kamelet.type().isEmpty()
                    ? ""
                    : kamelet.type().substring(0, 1).toUpperCase(Locale.ROOT)
                            + kamelet.type().substring(1);
            if (title.isBlank() || !title.endsWith(end)) {
                faults.add("spec.definition.title must end with " + end + ", was \"" + title + "\"");
            }
            if (text(kamelet.definition(), "description").isBlank()) {
                faults.add("spec.definition.description is missing: say what it reads or writes");
            }
            if (!text(kamelet.definition(), "type").equals("object")) {
                faults.add("spec.definition.type must be object");
            }
            if (kamelet.template().isEmpty()) {
                faults.add("spec.template is missing");
            }
            return faults;
        });
    }

    static Stream<String> requiredOnesExistOnce(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            List<String> faults = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (String name : kamelet.required()) {
                if (!seen.add(name)) {
                    faults.add("required lists " + name + " twice: once is enough");
                }
                Map<String, Object> property = kamelet.properties().get(name);
                if (property == null) {
                    faults.add("required names " + name + ", which is no property: correct the name");
                } else if (property.containsKey("default")) {
                    faults.add(name + " is required and has a default: take one of them away");
                }
            }
            return faults;
        });
    }

    static Stream<String> propertiesAreDescribed(List<KameletFile> kamelets) {
        return properties(kamelets, (name, property) -> {
            List<String> faults = new ArrayList<>();
            for (String key : List.of("title", "description", "type")) {
                if (text(property, key).isBlank()) {
                    faults.add("has no " + key);
                }
            }
            String title = text(property, "title");
            if (title.matches("(The|A|An) .*")) {
                faults.add("has a title that begins with an article: \"" + title + "\"");
            }
            for (String word : title.split(" ")) {
                if (!SMALL.contains(word) && !word.isEmpty() && Character.isLowerCase(word.charAt(0))) {
                    faults.add("has a title with a word in lower case: \"" + word + "\"");
                }
            }
            return faults;
        });
    }

    static Stream<String> secretsAreMarked(List<KameletFile> kamelets) {
        return properties(kamelets, (name, property) -> {
            List<String> descriptors = texts(property.get("x-descriptors"));
            List<String> faults = new ArrayList<>();
            if (SECRET.matcher(name).matches() && !text(property, "format").equals("password")) {
                faults.add("is a secret: set format: password");
            }
            if (text(property, "format").equals("password") && !descriptors.contains(CREDENTIALS)) {
                faults.add("has format password: add the x-descriptor " + CREDENTIALS);
            }
            if (descriptors.stream().anyMatch(each -> each.startsWith(DEPRECATED))) {
                faults.add("has an x-descriptor of OpenShift's old console: write " + CREDENTIALS);
            }
            if (descriptors.size() != Set.copyOf(descriptors).size()) {
                faults.add("has an x-descriptor twice");
            }
            return faults;
        });
    }

    static Stream<String> annotationsAreThere(List<KameletFile> kamelets, String version) {
        return each(kamelets, kamelet -> {
            List<String> faults = new ArrayList<>();
            if (!kamelet.annotation("kamelet.icon").startsWith("data:image/svg+xml;base64,")) {
                faults.add("camel.apache.org/kamelet.icon must be an SVG inside: data:image/svg+xml;base64,...");
            }
            if (!kamelet.annotation("provider").equals(PROVIDER)) {
                faults.add("camel.apache.org/provider must be " + PROVIDER
                        + ": only what the Apache catalogue ships names the foundation");
            }
            if (!kamelet.annotation("catalog.version").equals(version)) {
                faults.add("camel.apache.org/catalog.version must be the version in pom.xml, " + version);
            }
            if (!LEVELS.contains(kamelet.annotation("kamelet.support.level"))) {
                faults.add("camel.apache.org/kamelet.support.level must be one of " + LEVELS);
            }
            for (String name : List.of("kamelet.group", "kamelet.namespace")) {
                if (kamelet.annotation(name).isBlank()) {
                    faults.add("camel.apache.org/" + name + " is missing: designers sort by it");
                }
            }
            return faults;
        });
    }

    static Stream<String> titlesAndDescriptionsDiffer(List<KameletFile> kamelets) {
        Map<String, String> owners = new HashMap<>();
        return each(kamelets, kamelet -> Stream.of("title", "description")
                .map(key -> {
                    String said = text(kamelet.definition(), key);
                    String owner = owners.putIfAbsent(said, kamelet.file());
                    return owner == null ? null : key + " is that of " + owner + ": say how they differ";
                })
                .filter(fault -> fault != null)
                .toList());
    }

    static Stream<String> parametersAreDeclaredAndUsed(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            Set<String> used = new TreeSet<>();
            kamelet.texts(text -> {
                Matcher matcher = PARAMETER.matcher(text);
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            });
            Set<String> declared = new TreeSet<>(kamelet.properties().keySet());
            declared.addAll(kamelet.beans());
            List<String> faults = new ArrayList<>();
            used.stream()
                    .filter(name -> !declared.contains(name))
                    .forEach(name -> faults.add("{{" + name + "}} is used and not declared: add the property"));
            declared.stream()
                    .filter(name -> !used.contains(name))
                    .forEach(name -> faults.add(name + " is declared and never used: remove it"));
            return faults;
        });
    }

    static Stream<String> sourceEndsAndSinkBeginsAsTheyMust(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            List<String> all = new ArrayList<>();
            kamelet.texts(all::add);
            String needed = kamelet.type().equals("source") ? "kamelet:sink" : "kamelet:source";
            return all.contains(needed) ? List.of() : List.of("the template must have the uri " + needed);
        });
    }

    static Stream<String> dependenciesAreWrittenRight(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            List<String> faults = new ArrayList<>();
            List<String> given = kamelet.dependencies();
            given.stream()
                    .filter(each -> !DEPENDENCY.matcher(each).matches())
                    .forEach(each -> faults.add("dependency " + each
                            + " must be camel:COMPONENT, mvn:GROUP:ARTIFACT:VERSION or github:apache/..."));
            if (!given.equals(List.copyOf(new TreeSet<>(given)))) {
                faults.add("dependencies must be sorted, each once: " + new TreeSet<>(given));
            }
            Set<String> needed = needed(kamelet);
            if (!needed.equals(new TreeSet<>(given))) {
                faults.add("dependencies must be what the template uses: " + needed);
            }
            return faults;
        });
    }

    private static Set<String> needed(KameletFile kamelet) {
        Set<String> needed = new TreeSet<>(Set.of("camel:core", "camel:kamelet"));
        kamelet.texts(text -> {
            if (text.startsWith("timer:")) {
                needed.add("camel:timer");
            }
            if (text.startsWith("{{url}}") || text.startsWith("{{iamUrl}}")) {
                needed.add("camel:http");
            }
        });
        if (kamelet.text().contains(" jq:")) {
            needed.add("camel:jq");
        }
        return needed;
    }

    static Stream<String> stepsHaveIds(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            List<String> faults = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            kamelet.route().steps().forEach(step -> {
                Object id = step.body().get("id");
                if (id == null) {
                    faults.add(step.place() + ": give it an id that says what it does");
                } else if (!KEBAB.matcher(String.valueOf(id)).matches()) {
                    faults.add(step.place() + ": ids are kebab-case");
                } else if (!seen.add(String.valueOf(id))) {
                    faults.add(step.place() + ": the id is taken; choose another");
                }
            });
            return faults;
        });
    }

    static Stream<String> textIsClean(List<KameletFile> kamelets) {
        return each(kamelets, kamelet -> {
            List<String> faults = new ArrayList<>();
            List<String> lines = kamelet.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).matches(".*[ \\t]|\\t.*")) {
                    faults.add("line " + (i + 1) + " ends with a space or has a tab: remove it");
                }
            }
            if (!kamelet.text().endsWith("\n") || kamelet.text().endsWith("\n\n")) {
                faults.add("the file must end with one line break");
            }
            return faults;
        });
    }

    private static Stream<String> each(List<KameletFile> kamelets, Function<KameletFile, List<String>> rule) {
        return kamelets.stream()
                .flatMap(kamelet -> rule.apply(kamelet).stream().map(fault -> kamelet.file() + ": " + fault));
    }

    private interface PropertyRule {
        List<String> faults(String name, Map<String, Object> property);
    }

    private static Stream<String> properties(List<KameletFile> kamelets, PropertyRule rule) {
        return each(kamelets, kamelet -> kamelet.properties().entrySet().stream()
                .flatMap(property -> rule.faults(property.getKey(), property.getValue()).stream()
                        .map(fault -> "property " + property.getKey() + " " + fault))
                .toList());
    }
}
