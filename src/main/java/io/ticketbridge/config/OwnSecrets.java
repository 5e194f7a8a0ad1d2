package io.ticketbridge.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an engineer's own keys hold that are named like a secret: it is masked (P37). What is named otherwise is an ordinary word, which
 * records have too: masked there, a record that died would be replayed as another.
 */
final class OwnSecrets {
    /** How their names end. */
    private static final Pattern NAMED =
            Pattern.compile("(?i).*(pass(word|wd|phrase)?|secret|token|key|credentials?|webhook([._-]?ur[il])?)");

    /** A switch or a port, whatever it is named: taken out of a text, it would leave no JSON. */
    private static final Pattern ORDINARY = Pattern.compile("true|false|\\d{1,5}");

    private OwnSecrets() {}

    static List<Secret> of(Map<String, Written> written) {
        return written.entrySet().stream()
                .filter(each -> each.getValue().file().isPresent()
                        && Keys.find(each.getKey()).isEmpty()
                        && NAMED.matcher(each.getKey()).matches())
                .map(each -> each.getValue().value().strip())
                .filter(value -> !value.isEmpty() && !ORDINARY.matcher(value).matches())
                .map(Secret::of)
                .toList();
    }
}
