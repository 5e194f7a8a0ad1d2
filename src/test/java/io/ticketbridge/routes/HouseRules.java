package io.ticketbridge.routes;

import io.ticketbridge.engine.RouteCheck;
import io.ticketbridge.routes.RouteYaml.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that our own route files keep besides those of {@code RouteCheck}, which hold for all. Each answers with every violation and its remedy, one line each. */
final class HouseRules {
    static final Set<String> GROUPS = Set.of(
            "poll", "normalise", "split", "dedupe", "aggregate", "policy", "deliver", "sync", "ledger", "console");

    private static final String ERRORS = "90-error-handling.camel.yaml";
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** The default may hold another placeholder. */
    private static final Pattern DEFAULT = Pattern.compile("\\{\\{([^{}:]*):.*?}}");

    /** What a bean is given that a source wrote, and not in single quotes. */
    private static final Pattern BARE_TEXT = Pattern.compile(
            "(?<!')\\$\\{(header\\.[A-Z]\\w*|variable\\.etag|[\\w.]+\\.(name|text|title|message|description|resource|reason))}");

    /** Those to which send-signed hands a call, whichever the flow has. */
    private static final Set<String> SHARED = Set.of("get-api", "get-scc", "get-workload-protection");

    private static final int LONGEST_DESCRIPTION = 40;

    private HouseRules() {}

    static Stream<String> noComments(List<RouteYaml> files) {
        return files.stream().flatMap(file -> file.comments().stream()
                .map(line -> file.name() + ": line " + line
                        + " has a comment: designers drop it; say it in a description or note"));
    }

    /** The file is named after the one thing in it; only 90-error-handling holds configurations, and nothing else. */
    static Stream<String> oneThingPerFile(List<RouteYaml> files) {
        return files.stream().flatMap(file -> {
            boolean errors = file.name().equals(ERRORS);
            if (errors || !file.of("routeConfiguration").isEmpty()) {
                return errors
                                && file.of("routeConfiguration").size()
                                        == file.entries().size()
                        ? Stream.empty()
                        : Stream.of(file.name() + ": route configurations belong into " + ERRORS
                                + ", and nothing else does: move it");
            }
            if (file.entries().size() != 1 || file.routes().size() != 1) {
                return Stream.of(file.name() + ": holds " + file.entries().size()
                        + " things: give each route or template a file of its own");
            }
            Map<String, Object> named = file.templates().isEmpty()
                    ? file.routes().get(0)
                    : file.templates().get(0);
            Object id = named.get("id");
            List<String> faults = new ArrayList<>();
            if (!file.name().matches("\\d\\d-" + id + "\\.camel\\.yaml")) {
                faults.add(file.name() + ": must be named NN-" + id + ".camel.yaml after the id in it");
            }
            if (!Objects.equals(id, file.routes().get(0).get("id"))) {
                faults.add(file.name() + ": the template's route must have the template's id " + id);
            }
            return faults.stream();
        });
    }

    /**
     * A route listens on the direct of its own id. A template's instances listen on the id with the flow's name: in place of
     * the word flow, or else at its end. All poll-* templates listen on poll-FLOW, so that a flow's pass need not know its source, and what
     * sends a call with a token on get-FLOW. Those without a flow are as routes.
     */
    static Stream<String> listensOnItsName(List<RouteYaml> files) {
        return routesOf(files, (file, route) -> {
            Step from = new Step(file.name(), "from", RouteYaml.map(route.get("from")));
            String name = expectedName(
                    String.valueOf(route.get("id")),
                    file.templates().stream().anyMatch(template -> template.containsKey("parameters")));
            return from.text("uri").matches("quartz(:.*)?|kafka:.*|platform-http") || name.equals(from.direct())
                    ? Stream.empty()
                    : Stream.of(file.name() + ": must listen on uri: direct, parameters: name: " + name + ", not on "
                            + from.text("uri") + " " + from.direct());
        });
    }

    private static String expectedName(String id, boolean template) {
        if (!template) {
            return id;
        }
        if (SHARED.contains(id)) {
            return "get-{{flow}}";
        }
        return id.startsWith("poll-")
                ? "poll-{{flow}}"
                : id.matches(".*\\bflow\\b.*") ? id.replaceFirst("\\bflow\\b", "{{flow}}") : id + "-{{flow}}";
    }

    /** Camel logs a first failure on DEBUG by a logger that threads share, and where two fail at once one of them appears as an ERROR. */
    static Stream<String> firstFailuresAreNotLogged(List<RouteYaml> files) {
        return files.stream().flatMap(file -> file.of("routeConfiguration").stream()
                .filter(each -> !String.valueOf(each.get("errorHandler")).contains("logRetryAttempted=false"))
                .map(each -> file.name() + ": " + each.get("id")
                        + " needs logRetryAttempted: false in its defaultErrorHandler's redeliveryPolicy"));
    }

    static Stream<String> saysWhatItIs(List<RouteYaml> files) {
        Set<Object> configurations = files.stream()
                .flatMap(file -> file.of("routeConfiguration").stream())
                .map(configuration -> configuration.get("id"))
                .collect(Collectors.toSet());
        return Stream.concat(
                files.stream().flatMap(file -> Stream.concat(
                                file.templates().stream(),
                                Stream.concat(file.routes().stream(), file.of("routeConfiguration").stream()))
                        .filter(each -> length(each.get("description")) < 1
                                || length(each.get("description")) > LONGEST_DESCRIPTION)
                        .map(each -> file.name() + ": " + each.get("id") + " needs a description of at most "
                                + LONGEST_DESCRIPTION + " characters; the rest goes into its note")),
                routesOf(files, (file, route) -> {
                    List<String> faults = new ArrayList<>();
                    if (!GROUPS.contains(String.valueOf(route.get("group")))) {
                        faults.add(file.name() + ": group must be one of " + GROUPS + ", was " + route.get("group"));
                    }
                    if (!configurations.contains(route.get("routeConfigurationId"))) {
                        faults.add(file.name() + ": routeConfigurationId " + route.get("routeConfigurationId")
                                + " is not in " + ERRORS + "; Camel would ignore it silently. There are: "
                                + configurations);
                    }
                    return faults.stream();
                }));
    }

    private static int length(Object text) {
        return text == null ? 0 : String.valueOf(text).length();
    }

    static Stream<String> stepsHaveIds(List<RouteYaml> files) {
        return steps(files)
                .filter(step -> !step.body().containsKey("id"))
                .map(step -> step.place() + ": give it an id that says what it does; without one logs say "
                        + step.kind() + "1");
    }

    static Stream<String> namesAreKebab(List<RouteYaml> files) {
        Stream<String> ids = files.stream().flatMap(file -> Stream.of(
                        file.templates().stream(),
                        file.routes().stream(),
                        file.of("routeConfiguration").stream(),
                        file.steps().stream().map(Step::body))
                .flatMap(named -> named)
                .filter(named -> named.containsKey("id"))
                .map(named -> file.name() + ": " + named.get("id"))
                .filter(place -> !KEBAB.matcher(place.substring(place.lastIndexOf(' ') + 1))
                        .matches())
                .map(place ->
                        place + ": ids are kebab-case: write " + kebab(place.substring(place.lastIndexOf(' ') + 1))));
        Stream<String> directs = steps(files)
                .map(Step::direct)
                .filter(Objects::nonNull)
                .distinct()
                .filter(name -> !KEBAB.matcher(name.replace("{{flow}}", "flow")).matches())
                .map(name -> "direct " + name + ": names are kebab-case: write " + kebab(name));
        return Stream.concat(ids, directs);
    }

    private static String kebab(String id) {
        return id.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("[^A-Za-z0-9{}]+", "-")
                .toLowerCase();
    }

    static Stream<String> setsNoHeaderThatChooses(List<RouteYaml> files) {
        return steps(files)
                .filter(step -> step.kind().startsWith("setHeader"))
                .filter(step -> step.body().toString().matches("(?s).*\\bname=Camel(Http|ServiceNow).*"))
                .map(step -> step.place()
                        + ": data must not choose the destination: let the bean that makes the call set the header");
    }

    /** Camel takes what a parameter evaluates to for a parameter as it is written: {@code null} is nothing, and quotation marks go. */
    static Stream<String> textsAreInQuotes(List<RouteYaml> files) {
        List<String> faults = new ArrayList<>();
        files.forEach(file -> file.texts((key, text) -> {
            if (key.equals("method") && text.contains("(")) {
                BARE_TEXT
                        .matcher(text)
                        .results()
                        .forEach(found -> faults.add(file.name() + ": " + text
                                + ": a text of a source may be null, or in"
                                + " quotation marks, which Camel takes for its own: write '" + found.group() + "'"));
            }
        }));
        return faults.stream();
    }

    static Stream<String> everyDirectIsConnected(List<RouteYaml> files) {
        Map<String, Long> consumers = steps(files)
                .filter(step -> step.kind().equals("from") && step.direct() != null)
                .collect(Collectors.groupingBy(Step::direct, Collectors.counting()));
        Set<String> callers = steps(files)
                .filter(step -> !step.kind().equals("from"))
                .flatMap(step -> Stream.of(step.direct(), step.readAhead()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        List<String> faults = new ArrayList<>();
        consumers.forEach((name, count) -> {
            if (count > 1 && !List.of("poll-{{flow}}", "get-{{flow}}").contains(name)) {
                faults.add("direct " + name + ": has " + count + " consumers; leave one");
            }
            if (!callers.contains(name) && !RouteCheck.ENTRY_POINTS.contains(name)) {
                faults.add("direct " + name
                        + ": nobody calls it: call it, remove it, or add it to RouteCheck.ENTRY_POINTS");
            }
        });
        steps(files)
                .filter(step -> step.text("uri").startsWith("direct:"))
                .forEach(step -> faults.add(step.place() + ": write uri: direct and parameters: name:"));
        return faults.stream();
    }

    static Stream<String> settingsHaveOneHome(List<RouteYaml> files) {
        List<String> faults = new ArrayList<>();
        files.forEach(file -> file.texts((key, text) -> DEFAULT.matcher(text)
                .results()
                .forEach(found -> faults.add(file.name() + ": " + found.group()
                        + " has a default; defaults live in the code: write {{" + found.group(1) + "}}"))));
        return faults.stream();
    }

    private static Stream<Step> steps(List<RouteYaml> files) {
        return files.stream().flatMap(file -> file.steps().stream());
    }

    private interface RouteRule {
        Stream<String> faults(RouteYaml file, Map<String, Object> route);
    }

    private static Stream<String> routesOf(List<RouteYaml> files, RouteRule rule) {
        return files.stream().flatMap(file -> file.routes().stream().flatMap(route -> rule.faults(file, route)));
    }
}
