package io.ticketbridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Stands for a Prometheus with the shipped rules: scrapes again and again as time goes on, and knows which alerts fire. */
public final class Alerts {
    private static final Path RULES = Path.of("observability", "prometheus-rules.yaml");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");

    private record Rule(String name, AlertExpression expression, Duration lasting) {}

    private final List<Rule> rules = new ArrayList<>();
    private final HandClock clock;
    private final Duration every;
    private final PrometheusMeterRegistry registry;
    private final TreeMap<Instant, List<Sample>> scrapes = new TreeMap<>();
    private final Map<String, Instant> pending = new HashMap<>();

    record Sample(String metric, String labels, double value) {
        String label(String name) {
            Matcher label = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(labels);
            return label.find() ? label.group(1) : "";
        }
    }

    /** @param every how often it scrapes */
    public Alerts(HandClock clock, Duration every, PrometheusMeterRegistry registry) {
        this.clock = clock;
        this.every = every;
        this.registry = registry;
        // Gauges live as long as their registry, whatever else is collected.
        System.gc();
        try {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(RULES));
            JsonNode groups = new ObjectMapper().<JsonNode>valueToTree(read).path("groups");
            groups.forEach(group -> group.path("rules").forEach(this::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode rule) {
        Duration lasting =
                rule.has("for") ? AlertExpression.duration(rule.path("for").asText()) : Duration.ZERO;
        rules.add(new Rule(
                rule.path("alert").asText(),
                AlertExpression.of(rule.path("expr").asText()),
                lasting));
    }

    public Set<String> names() {
        return rules.stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @return the alerts that fired at any time meanwhile */
    public Set<String> during(Duration time) {
        return during(time, () -> {});
    }

    /**
     * @param before what happens before each scrape
     * @return the alerts that fired at any time meanwhile
     */
    public Set<String> during(Duration time, Runnable before) {
        Set<String> fired = new TreeSet<>();
        for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            clock.advance(every);
            before.run();
            fired.addAll(scrape());
        }
        return fired;
    }

    /** @return the alerts that fire now */
    private Set<String> scrape() {
        Instant now = clock.instant();
        scrapes.put(now, samples());
        Set<String> meet = new TreeSet<>();
        Set<String> firing = new TreeSet<>();
        for (Rule rule : rules) {
            for (String series : rule.expression().meeting(scrapes)) {
                meet.add(rule.name() + " " + series);
                if (!pending.computeIfAbsent(rule.name() + " " + series, key -> now)
                        .plus(rule.lasting())
                        .isAfter(now)) {
                    firing.add(rule.name());
                }
            }
        }
        pending.keySet().retainAll(meet);
        return firing;
    }

    private List<Sample> samples() {
        return registry.scrape()
                .lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(
                        line.group(1),
                        line.group(2) == null ? "" : line.group(2),
                        Double.parseDouble(line.group(3).replace("Inf", "Infinity"))))
                .toList();
    }
}
