package io.ticketbridge.engine;

import io.ticketbridge.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Camel would say too late, or not at all, of route files that are in effect together: file, line, reason and remedy each.
 * They hold for an engineer's files as for ours, and need neither settings nor a running engine.
 */
final class RouteRules {
    private static final Set<String> REFERENCES =
            Set.of("ref", "aggregationRepository", "aggregationStrategy", "executorService", "idempotentRepository");
    private static final Set<String> WITH_STEPS =
            Set.of("split", "filter", "aggregate", "idempotentConsumer", "loop", "when", "otherwise");
    /** What has an id of another kind, and the parameters of components. */
    private static final Set<String> NO_STEPS = Set.of("route", "routeTemplate", "routeConfiguration", "parameters");

    private static final String FLOW = "{{flow}}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Pattern ELSEWHERE = Pattern.compile("\\??(env|sys|service|bean|secret)[:.].*");

    private final List<RouteText> files;
    private final List<String> problems = new ArrayList<>();

    private RouteRules(Collection<RouteFile> files) {
        this.files = files.stream().map(RouteText::of).flatMap(Optional::stream).toList();
    }

    static List<String> problems(Collection<RouteFile> files) {
        RouteRules rules = new RouteRules(files);
        rules.idsThatAreTaken().values().forEach(rules.problems::addAll);
        rules.beansAreKnown();
        rules.directsLeadSomewhere();
        rules.settingsAreKnown();
        rules.stepsStandInsideTheirStep();
        rules.oneWayToServiceNow();
        return rules.problems;
    }

    /** Ids of steps that are there more than once, which stop a start; each with what is to be said. */
    static Map<String, List<String>> idsThatAreTaken(Collection<RouteFile> files) {
        return new RouteRules(files).idsThatAreTaken();
    }

    private Map<String, List<String>> idsThatAreTaken() {
        Map<String, String> owners = new HashMap<>();
        Map<String, List<String>> taken = new LinkedHashMap<>();
        files.forEach(file -> file.maps().stream()
                .filter(map -> !NO_STEPS.contains(map.key()))
                .filter(map -> !map.text("id").isEmpty())
                .forEach(map -> {
                    String id = map.text("id");
                    String owner = owners.putIfAbsent(id, file.file().location() + " line " + map.line());
                    if (owner != null) {
                        taken.computeIfAbsent(id, first -> new ArrayList<>())
                                .add(file.at(
                                        map.line(), "the id " + id + " is taken by " + owner + "; choose another"));
                    }
                }));
        return taken;
    }

    private void beansAreKnown() {
        Set<String> known = new HashSet<>(Beans.NAMES);
        files.forEach(file -> file.maps().stream()
                .filter(map -> map.key().equals("beans"))
                .forEach(map -> known.add(map.text("name"))));
        files.forEach(file -> {
            file.texts().forEach(text -> bean(text).ifPresent(name -> beanIsKnown(file, text.line(), name, known)));
            // An expression or a predicate that is a bean.
            file.maps().stream()
                    .filter(map -> map.key().equals("ref"))
                    .forEach(map -> beanIsKnown(file, map.line(), map.text("expression"), known));
        });
    }

    private void beanIsKnown(RouteText file, int line, String name, Set<String> known) {
        if (!name.contains("{{") && !name.contains("${") && !known.contains(name)) {
            add(file, line, "there is no bean " + name + "; the nearest is " + Settings.nearest(name, known));
        }
    }

    private static Optional<String> bean(RouteText.Text text) {
        String value = text.value();
        if (value.startsWith("#bean:")) {
            return Optional.of(value.substring("#bean:".length()));
        }
        if (value.matches("#[A-Za-z][\\w-]*")) {
            return Optional.of(value.substring(1));
        }
        return REFERENCES.contains(text.key()) && !value.startsWith("#") ? Optional.of(value) : Optional.empty();
    }

    /** A call to a direct that nobody listens on waits 30 seconds, and then fails. */
    private void directsLeadSomewhere() {
        Set<String> consumers = new HashSet<>();
        files.forEach(file -> file.maps().stream()
                .filter(map -> map.key().equals("from"))
                .forEach(map -> map.direct().ifPresent(consumers::add)));
        files.forEach(file -> file.maps().stream()
                .filter(map -> !map.key().equals("from"))
                .forEach(map -> map.direct()
                        .filter(name -> consumers.stream().noneMatch(listening -> meet(name, listening)))
                        .ifPresent(name -> add(
                                file,
                                map.line(),
                                "nothing listens on direct " + name + "; the nearest is "
                                        + Settings.nearest(name, consumers)))));
        if (!files.isEmpty()) {
            RouteCheck.ENTRY_POINTS.stream()
                    .sorted()
                    .filter(name -> !consumers.contains(name))
                    .forEach(name -> problems.add("routes: nothing listens on direct " + name
                            + ", which ticketbridge itself calls; put the route back that does"));
        }
    }

    /** Whether a setting, or a value of the message, could make them one. A flow calls its own routes: its name is the same on both sides. */
    private static boolean meet(String name, String listening) {
        if (name.contains(FLOW) && listening.contains(FLOW)) {
            return meet(name.replace(FLOW, "flow"), listening.replace(FLOW, "flow"));
        }
        return listening.matches(pattern(name)) || name.matches(pattern(listening));
    }

    private static String pattern(String name) {
        return "\\Q" + name.replaceAll("\\{\\{[^{}]*}}|\\$\\{[^{}]*}", "\\\\E.+\\\\Q") + "\\E";
    }

    private void settingsAreKnown() {
        files.forEach(file -> file.texts().forEach(text -> {
            String open = text.value();
            Matcher matcher = PLACEHOLDER.matcher(open);
            while (matcher.find()) {
                setting(file, text.line(), matcher.group(1));
                open = open.substring(0, matcher.start()) + "X" + open.substring(matcher.end());
                matcher = PLACEHOLDER.matcher(open);
            }
        }));
    }

    private void setting(RouteText file, int line, String placeholder) {
        String name = placeholder.replaceFirst("^[?!]+", "").replaceFirst(":.*", "");
        if (ELSEWHERE.matcher(placeholder).matches() || file.parameters().contains(name)) {
            return;
        }
        if (name.startsWith("ticketbridge.")) {
            if (!Settings.isSetting(name)) {
                add(
                        file,
                        line,
                        "{{" + placeholder + "}} is no setting; the nearest is " + Settings.nearestSetting(name));
            }
        } else if (!name.contains(".")) {
            add(file, line, "{{" + placeholder + "}} is no parameter of the template; declare it, or name a setting");
        }
    }

    /** One without steps of its own would take in what follows it. */
    private void stepsStandInsideTheirStep() {
        files.forEach(file -> file.maps().stream()
                .filter(map -> WITH_STEPS.contains(map.key()) && !map.hasSteps())
                .forEach(map -> add(
                        file, map.line(), map.key() + " needs steps: of its own; else it swallows what follows it")));
    }

    /** The rate budget, tokens and whole answers are seen to in one place. */
    private void oneWayToServiceNow() {
        files.stream()
                .filter(file -> !file.file().name().endsWith("-call-servicenow.camel.yaml"))
                .forEach(file -> file.maps().stream()
                        .filter(map -> map.text("uri").startsWith("servicenow"))
                        .forEach(map -> add(
                                file,
                                map.line(),
                                "send to direct call-servicenow instead of servicenow:,"
                                        + " so that the call is counted, signed and read whole")));
    }

    private void add(RouteText file, int line, String what) {
        problems.add(file.at(line, what));
    }
}
