package io.ticketbridge.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** How results are printed. */
final class Output {
    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE})",
            defaultValue = "text")
    private Format format;

    private enum Format {
        text,
        json
    }

    /** A result of one line, or the same as an object of JSON. */
    void say(String line, Map<String, Object> json) {
        if (isJson()) {
            new Printer(System.out, true).json(json);
        } else {
            System.out.println(line);
        }
    }

    boolean isJson() {
        return format == Format.json;
    }
}
