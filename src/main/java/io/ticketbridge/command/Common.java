package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CannotStart;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Options that every command takes. */
final class Common {
    private static final Logger LOG = LoggerFactory.getLogger(Common.class);

    @Option(names = "--config", paramLabel = "DIR", description = "Folder of application.properties (default: config)")
    private Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "Folder of the route files (default: routes)",
            defaultValue = "routes")
    private Path routes;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE})",
            defaultValue = "text")
    private Format output;

    /** How results are printed. */
    enum Format {
        text,
        json
    }

    Settings settings(Requirement requirement) {
        Settings settings = Settings.load(sources(), requirement);
        LogLines.as(settings.logFormat());
        settings.warnings().forEach(warning -> LOG.warn("{}", warning));
        return settings;
    }

    Sources sources() {
        return Sources.of(Optional.ofNullable(config));
    }

    /** For a command that makes its settings itself. */
    void requireNoConfig(String command) {
        if (config != null) {
            throw new CannotStart(command + " has settings of its own: leave --config away, or use `run`");
        }
    }

    Path routes() {
        return routes;
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
        return output == Format.json;
    }
}
