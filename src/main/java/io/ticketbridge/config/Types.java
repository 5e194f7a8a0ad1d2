package io.ticketbridge.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of settings that are no more than a rule or two. */
final class Types {
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{1,79}");

    private Types() {}

    static Type<String> text() {
        return Type.of("text", value -> value);
    }

    static Type<Secret> secret() {
        return new Type<>("a secret", true, Secret::of);
    }

    /** Kept exactly as it was written, {@code ${...}} included. */
    static Type<String> template() {
        return new Type<>("a template", true, value -> value);
    }

    static Type<Boolean> flag() {
        return Type.of("`true` or `false`", value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refused("must be true or false", "write true or false");
        });
    }

    static Type<List<String>> list() {
        return Type.of("a comma-separated list", value -> {
            List<String> parts =
                    Arrays.stream(value.split(",", -1)).map(String::strip).toList();
            if (parts.contains("")) {
                throw new Refused("must name something between its commas", "remove the comma that is too many");
            }
            return parts;
        });
    }

    static Type<Integer> count(int least, int most) {
        String rule = most == Integer.MAX_VALUE ? "at least " + least : "between " + least + " and " + most;
        return Type.of("a number, " + rule, value -> {
            if (!value.matches("-?\\d+")) {
                throw new Refused("must be a whole number", "write a number " + rule);
            }
            long number = value.length() > 11 ? Long.MAX_VALUE : Long.parseLong(value);
            if (number < least || number > most) {
                throw new Refused(
                        "must be " + rule, "write " + (number < least ? least + " or more" : most + " or less"));
            }
            return (int) number;
        });
    }

    static Type<Duration> duration(Duration least, Duration most) {
        String rule = "between " + Durations.text(least) + " and " + Durations.text(most);
        return Type.of("a period " + rule, value -> {
            Duration duration = Durations.parse(value)
                    .orElseThrow(() ->
                            new Refused("must be a number and a unit (ms, s, m, h, d)", "write it like 30s or 5m"));
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new Refused("must be " + rule, "write a period " + rule);
            }
            return duration;
        });
    }

    static <E extends Enum<E>> Type<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream().map(E::toString).toList();
        return Type.of(words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")), value -> {
            for (E constant : constants) {
                if (constant.toString().equals(value)) {
                    return constant;
                }
            }
            throw new Refused("must be one of " + String.join(", ", words), "write " + Nearest.orOneOf(value, words));
        });
    }

    static Type<String> sysId() {
        return Type.of("a sys_id", value -> {
            if (!SYS_ID.matcher(value).matches()) {
                throw new Refused(
                        "must be a sys_id of 32 hex digits",
                        "copy it in ServiceNow with the record's menu, Copy sys_id");
            }
            return value;
        });
    }

    static Type<String> table() {
        return Type.of("a table's name", value -> {
            if (!TABLE.matcher(value).matches()) {
                throw new Refused(
                        "must be a table's name of lower-case letters, digits and _",
                        "write the name, not the label: incident for Incident");
            }
            return value;
        });
    }

    /** Of a web address: from the first slash on, without one at the end. */
    static Type<String> path() {
        return Type.of("a path", value -> {
            if (!PATH.matcher(value).matches()) {
                throw new Refused(
                        "must be a path of letters, digits and . _ ~ - that begins with a slash and ends with none",
                        "write it like /beta/cloudPosture");
            }
            return value;
        });
    }

    static Type<String> column() {
        return Type.of("a column's name", value -> {
            if (!TABLE.matcher(value).matches()) {
                throw new Refused(
                        "must be a column's name of lower-case letters, digits and _",
                        "write the name, not the label: u_accepted_until for Accepted until");
            }
            return value;
        });
    }

    static Type<Path> folder() {
        return path("a folder");
    }

    static Type<Path> file() {
        return path("a file");
    }

    private static Type<Path> path(String what) {
        return Type.of(what, value -> {
            try {
                return Path.of(value);
            } catch (InvalidPathException e) {
                throw new Refused("must be " + what + "'s path", "write a path that this system can have");
            }
        });
    }
}
