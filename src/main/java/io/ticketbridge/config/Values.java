package io.ticketbridge.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Every value that was written, checked by its type; what is not there is its default. */
final class Values {
    private final Map<String, Written> written;
    private final Map<String, Object> parsed = new HashMap<>();
    private final Map<String, Set<String>> names = new TreeMap<>();
    private final Collection<Secret> secrets = new ArrayList<>();
    private final Problems problems;

    Values(Map<String, Written> written, Problems problems) {
        this.written = new TreeMap<>(written);
        this.problems = problems;
        written.forEach((key, value) -> {
            if (UnknownKey.isOurs(key)) {
                Keys.find(key)
                        .ifPresentOrElse(
                                found -> take(key, value, found),
                                () -> problems.add(
                                        key,
                                        "is not a setting",
                                        "",
                                        value.origin(),
                                        "the nearest is " + UnknownKey.nearestTo(key)));
            }
        });
    }

    private void take(String key, Written value, Keys.Found found) {
        try {
            KeyNames.check(key, found);
            if (!found.names().isEmpty()) {
                names.computeIfAbsent(found.key().section(), any -> new TreeSet<>())
                        .add(found.names().get(0));
            }
            parse(key, value, found.key());
        } catch (Refused e) {
            problems.add(key, e.rule(), "", value.origin(), e.remedy());
        }
    }

    private void parse(String key, Written value, Key<?> type) {
        if (!type.type().verbatim() && value.value().isBlank()) {
            written.remove(key);
            return;
        }
        try {
            Object result = type.type().parse(value.value());
            if (result instanceof Secret secret) {
                result = value.file()
                        .map(file -> secret.from(new SecretFile(key, file)))
                        .orElse(secret);
                secrets.add((Secret) result);
            }
            parsed.put(key, result);
        } catch (Refused e) {
            problems.add(key, e.rule(), value.value(), value.origin(), e.remedy());
        }
    }

    /** The value, or the default, or null if there is neither. */
    @SuppressWarnings("unchecked")
    <T> T get(Key<T> key, String... at) {
        Object value = parsed.get(key.at(at));
        if (value != null || key.fallback().isEmpty()) {
            return (T) value;
        }
        try {
            return key.type().parse(key.fallback());
        } catch (Refused e) {
            throw new IllegalStateException("The default of " + key.pattern() + " is wrong", e);
        }
    }

    String text(Key<String> key, String... at) {
        String value = get(key, at);
        return value == null ? "" : value;
    }

    Secret secret(Key<Secret> key, String... at) {
        Secret value = get(key, at);
        return value == null ? Secret.NONE : value;
    }

    OptionalInt number(Key<Integer> key, String... at) {
        Integer number = get(key, at);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Whether anything was written there, right or wrong. */
    boolean has(Key<?> key, String... at) {
        Written value = written.get(key.at(at));
        return value != null && !value.value().isEmpty();
    }

    Written written(Key<?> key, String... at) {
        return written.getOrDefault(key.at(at), new Written("", ""));
    }

    /** The names of the flows, profiles or instances for which anything was written. */
    Set<String> names(String section) {
        return names.getOrDefault(section, Set.of());
    }

    /** What is made of each name of a key's section. */
    <T> Map<String, T> byName(Key<?> key, Function<String, T> make) {
        Map<String, T> all = new TreeMap<>();
        names(key.section()).forEach(name -> all.put(name, make.apply(name)));
        return all;
    }

    /** What was written for each column or word at the end of a key, given the names before it. */
    @SuppressWarnings("unchecked")
    <T> Map<String, T> endings(Key<T> key, String... before) {
        List<String> at = new ArrayList<>(List.of(before));
        at.add("");
        String beginning = key.at(at.toArray(String[]::new));
        Map<String, T> endings = new TreeMap<>();
        parsed.forEach((written, value) -> {
            if (written.startsWith(beginning)) {
                endings.put(written.substring(beginning.length()), (T) value);
            }
        });
        return endings;
    }

    Map<String, Object> parsed() {
        return parsed;
    }

    /** Everything that was written, keys of others included. */
    Map<String, Written> written() {
        return written;
    }

    Problems problems() {
        return problems;
    }

    Collection<Secret> secrets() {
        return secrets;
    }
}
