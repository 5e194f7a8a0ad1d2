package io.ticketbridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in the routes where the process says so in its log and stands still until it is killed. It is put into a copy of the
 * route files, as an operator might edit them: the code under test stays what it is.
 *
 * @param file the number of the route file
 * @param step the id of the step
 * @param before whether it stands still before that step or after it
 */
record Hold(String file, String step, boolean before) {
    /** What the process logs when it has come so far. */
    static final String MARK = "STANDING STILL";

    private static final String COUNTER =
            """
            - beans:
                - name: holds
                  type: java.util.concurrent.atomic.AtomicInteger
            """;

    static Hold before(String file, String step) {
        return new Hold(file, step, true);
    }

    static Hold after(String file, String step) {
        return new Hold(file, step, false);
    }

    /** Copies the route files, with short waits for sources, and with this hold at the n-th time that the place is passed. */
    static void copyRoutes(Path to, Hold hold, int nth) {
        try (var files = Files.list(Path.of("routes"))) {
            Files.createDirectories(to);
            Files.writeString(to.resolve("00-holds.camel.yaml"), COUNTER);
            for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .toList()) {
                String text = Files.readString(file).replace("redeliveryDelay: \"1000\"", "redeliveryDelay: \"20\"");
                String name = file.getFileName().toString();
                boolean here = hold != null && name.startsWith(hold.file + "-");
                Files.writeString(to.resolve(name), here ? hold.put(text, nth) : text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String put(String text, int nth) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int id = lines.indexOf(lines.stream()
                .filter(line -> line.strip().equals("id: " + step))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Route file " + file + " has no step " + step)));
        int first = id - 1;
        int indent = indent(lines.get(first));
        int at = first;
        if (!before) {
            at = id;
            while (at < lines.size() && indent(lines.get(at)) > indent) {
                at++;
            }
        }
        lines.addAll(
                at,
                """
                - filter:
                    id: hold-%1$s
                    expression:
                      simple:
                        expression: "${bean:holds?method=incrementAndGet} == %2$d"
                    steps:
                      - log:
                          id: say-hold-%1$s
                          loggingLevel: WARN
                          message: "%3$s"
                      - delay:
                          id: stand-still-%1$s
                          expression:
                            constant:
                              expression: "600000"
                """
                        .formatted(step, nth, MARK)
                        .indent(indent)
                        .lines()
                        .toList());
        return String.join("\n", lines) + "\n";
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
