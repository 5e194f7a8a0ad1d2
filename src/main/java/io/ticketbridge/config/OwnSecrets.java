package io.ticketbridge.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an engineer's own keys and variables hold that are named like a secret: it is masked wherever it stands (P37). What is named otherwise is an ordinary word, which
 * records have too: masked there, a record that died would be replayed as another.
 */
final class OwnSecrets {
    /** How their names end. */
    private static final Pattern NAMED =
            Pattern.compile("(?i).*(pass(word|wd|phrase)?|secret|token|key|credentials?|webhook([._-]?ur[il])?)");

    /** A switch or a port, whatever it is named: taken out of a text, it would leave no JSON. */
    private static final Pattern ORDINARY = Pattern.compile("true|false|\\d{1,5}");

    private OwnSecrets() {}

    /**
     * @param written every key that was written, wherever
     * @param environment variables, which routes name as {@code {{env:NAME}}}; those of settings are known by their keys
     */
    static List<Secret> of(Map<String, Written> written, Map<String, String> environment) {
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().removeIf(name -> name.startsWith(Layers.VARIABLE));
        written.forEach((key, value) -> {
            if (Keys.find(key).isEmpty()) {
                own.put(key, value.value());
            }
        });
        return own.entrySet().stream()
                .filter(each -> NAMED.matcher(each.getKey()).matches())
                .map(each -> each.getValue().strip())
                .filter(value -> !value.isEmpty() && !ORDINARY.matcher(value).matches())
                .map(Secret::of)
                .toList();
    }
}
