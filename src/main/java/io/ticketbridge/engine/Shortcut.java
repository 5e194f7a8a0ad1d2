package io.ticketbridge.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Whether a finding that is known and unchanged may be spared the way from its page to the filter, one exchange each: where
 * the routes on that way do what they came with, nothing there would look at it. A step of one's own in them sees every finding.
 */
final class Shortcut {
    private static final Logger LOG = LoggerFactory.getLogger(Shortcut.class);
    private static final List<String> ON_THE_WAY =
            List.of("30-split-findings.camel.yaml", "40-dedupe-findings.camel.yaml");
    /** What is there for people alone. */
    private static final Set<String> WORDS = Set.of("description", "note");

    private volatile boolean open;

    /**
     * @param inEffect the route files by name
     * @param shipped those that came with the application
     */
    void look(Map<String, RouteFile> inEffect, Map<String, RouteFile> shipped) {
        List<String> inTheWay = inEffect.values().stream()
                .filter(file -> looksEverywhere(file)
                        || ON_THE_WAY.contains(file.name()) && !doTheSame(file, shipped.get(file.name())))
                .map(RouteFile::name)
                .toList();
        open = inTheWay.isEmpty() && inEffect.keySet().containsAll(ON_THE_WAY);
        if (!open) {
            LOG.info(
                    "Findings that are known and unchanged go through the routes one by one, for a step there may want to see them: "
                            + "rescans take a few times as long. files={}",
                    inTheWay.isEmpty() ? ON_THE_WAY : inTheWay);
        }
    }

    boolean isOpen() {
        return open;
    }

    /** Comments, words for people, line ends and the order of keys change nothing. */
    private static boolean doTheSame(RouteFile file, RouteFile shipped) {
        return shipped != null
                && (file.text().equals(shipped.text()) || meaning(file).equals(meaning(shipped)));
    }

    /** Files in effect were loaded, so that they are YAML. */
    private static Object meaning(RouteFile file) {
        return withoutWords(new Load(LoadSettings.builder().build()).loadFromString(file.text()));
    }

    private static Object withoutWords(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Shortcut::withoutWords).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> rest = new LinkedHashMap<>();
            map.forEach((key, each) -> {
                if (!WORDS.contains(key)) {
                    rest.put(key, withoutWords(each));
                }
            });
            return rest;
        }
        return value == null ? "" : value;
    }

    /** Camel's interceptors stand before steps of other files. */
    private static boolean looksEverywhere(RouteFile file) {
        // Most files need not be parsed for that.
        return file.text().contains("intercept")
                && RouteText.of(file)
                        .map(text -> text.maps().stream()
                                .flatMap(map -> map.fields().keySet().stream())
                                .anyMatch(key -> key.startsWith("intercept")))
                        .orElse(true);
    }
}
