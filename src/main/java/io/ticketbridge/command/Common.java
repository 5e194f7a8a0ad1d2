package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that has settings. */
final class Common {
    private static final Logger LOG = LoggerFactory.getLogger(Common.class);

    @Option(names = "--config", paramLabel = "DIR", description = "Folder of application.properties (default: config)")
    private Path config;

    @Mixin
    private Output output;

    Settings settings(Requirement requirement) {
        Settings settings = Settings.load(sources(), requirement);
        LogLines.as(settings.logFormat());
        settings.warnings().forEach(warning -> LOG.warn("{}", warning));
        return settings;
    }

    Sources sources() {
        return Sources.of(Optional.ofNullable(config));
    }

    void say(String line, Map<String, Object> json) {
        output.say(line, json);
    }

    boolean isJson() {
        return output.isJson();
    }
}
