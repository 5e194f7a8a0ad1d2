package io.ticketbridge.config;

import io.ticketbridge.finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for the names inside keys: of flows, profiles, instances, columns and severities. */
final class KeyNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");
    private static final List<String> LEVELS =
            Arrays.stream(Severity.values()).map(Words::of).toList();

    private KeyNames() {}

    /** @throws Refused if the key can't be used as it is */
    static void check(String written, Keys.Found found) throws Refused {
        Key<?> key = found.key();
        int at = 0;
        for (String part : key.shapes().get(key.shapes().size() - 1)) {
            if (Key.isPlaceholder(part)) {
                checkPart(part, found.names().get(at++), written, key);
            }
        }
    }

    private static void checkPart(String part, String name, String written, Key<?> key) throws Refused {
        if (part.equals("COLUMN") && !COLUMN.matcher(name).matches()) {
            throw new Refused(
                    "must end with a column's name",
                    "write the name, not the label: short_description for Short description");
        }
        if (part.equals("LEVEL") && !LEVELS.contains(name)) {
            throw new Refused(
                    "must name a severity out of " + String.join(", ", LEVELS),
                    "write " + written.replace("." + name + ".", "." + Nearest.to(name, LEVELS) + "."));
        }
        if (!key.words().isEmpty() && !part.equals("NAME")) {
            checkWord(name, written, key);
        }
        if (part.equals("NAME")) {
            checkName(name, written, key);
        }
    }

    private static void checkWord(String name, String written, Key<?> key) throws Refused {
        if (key.words().stream().noneMatch(name::equalsIgnoreCase)) {
            throw new Refused(
                    "must end with one of " + String.join(", ", key.words()),
                    "write " + written.substring(0, written.length() - name.length()) + Nearest.to(name, key.words()));
        }
    }

    private static void checkName(String name, String written, Key<?> key) throws Refused {
        if (!NAME.matcher(name).matches()) {
            throw new Refused("must hold a name of letters, digits, - and _", "choose another name");
        }
        boolean leaf = Keys.all().stream()
                .anyMatch(other ->
                        other.section().equals(key.section()) && other.leaf().equals(name));
        if (key.hasOptionalName() && leaf) {
            throw new Refused("must not use the name of a setting as an instance's", "choose another name");
        }
        if (key.hasOptionalName() && name.equals(Key.DEFAULT_INSTANCE) && !written.equals(key.at(name))) {
            throw new Refused("must be written without the name default", "write " + key.at(name));
        }
    }
}
