package io.ticketbridge.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of flows, profiles and instances: without them {@code TICKETBRIDGE_FLOW_A_B_POLL} could be read in many ways. */
final class KnownNames {
    /** What names a new thing in the environment alone: the setting that no such thing can do without. */
    private static final Map<String, Pattern> NAMING = Map.of(
            "flow", Pattern.compile("TICKETBRIDGE_FLOW_(.+)_SOURCE(?:_FILE)?"),
            "profile", Pattern.compile("TICKETBRIDGE_PROFILE_(.+)_TABLE(?:_FILE)?"),
            "vision-one", Pattern.compile("TICKETBRIDGE_VISION_ONE_(.+?)_(?:URL|TOKEN)(?:_FILE)?"),
            "scc", Pattern.compile("TICKETBRIDGE_SCC_(.+?)_(?:IAM_URL|URL|API_KEY)(?:_FILE)?"),
            "api",
                    Pattern.compile(
                            "TICKETBRIDGE_API_(.+?)_(?:TOKEN_URL|URL|TOKEN|API_KEY|PASSWORD|CLIENT_SECRET)(?:_FILE)?"),
            "workload-protection",
                    Pattern.compile(
                            "TICKETBRIDGE_WORKLOAD_PROTECTION_(.+?)_(?:IAM_URL|URL|API_KEY|INSTANCE_ID|TOKEN)(?:_FILE)?"));

    private final Map<String, Set<String>> names = new TreeMap<>();

    /** Takes names from where keys stand, and from where one thing refers to another. */
    void addKey(String key, String value) {
        Keys.find(key.endsWith(".file") ? key.substring(0, key.length() - ".file".length()) : key)
                .filter(found -> !found.names().isEmpty())
                .ifPresent(found -> {
                    add(found.key().section(), found.names().get(0));
                    if (found.key() == FlowKeys.FLOW_PROFILE) {
                        add("profile", value.strip());
                    }
                    if (found.key() == FlowKeys.FLOW_INSTANCE) {
                        add("vision-one", value.strip());
                        add("scc", value.strip());
                        add("api", value.strip());
                        add("workload-protection", value.strip());
                    }
                });
    }

    /** Takes names from variables that would otherwise be unknown. */
    void addVariables(Collection<String> variables) {
        List<String> shortestFirst = variables.stream()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
        for (String variable : shortestFirst) {
            if (new EnvironmentNames(this).keysOf(variable).isEmpty()) {
                NAMING.forEach((section, pattern) -> {
                    Matcher matcher = pattern.matcher(variable);
                    if (matcher.matches()) {
                        add(section, matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
                    }
                });
            }
        }
    }

    Set<String> of(Key<?> key) {
        Set<String> known = new TreeSet<>(names.getOrDefault(key.section(), Set.of()));
        if (key.hasOptionalName()) {
            known.add(Key.DEFAULT_INSTANCE);
        }
        return known;
    }

    private void add(String section, String name) {
        if (!name.isEmpty()) {
            names.computeIfAbsent(section, any -> new TreeSet<>()).add(name);
        }
    }
}
