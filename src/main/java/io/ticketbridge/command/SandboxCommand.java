package io.ticketbridge.command;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sandbox}: the simulators and {@code run} against them, with a ledger of its own. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Run against simulated Vision One, ServiceNow and scan files; nothing to configure")
final class SandboxCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--once", description = "Make one full pass of each flow, print the account, and end")
    private boolean once;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed brings the same cases and findings (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("ticketbridge-sandbox");
        Clock clock = Clock.systemUTC();
        try (Sandbox sandbox = Sandbox.start(seed, folder.resolve("scans"), clock)) {
            Map<String, String> properties = new LinkedHashMap<>(sandbox.properties());
            properties.put("ticketbridge.database.url", "jdbc:h2:file:" + folder.resolve("ledger"));
            Settings settings = Settings.load(Sources.only(properties));
            try (Engine engine = Engine.start(settings, new Engine.Options(common.routes(), !once, !once, clock))) {
                return RunCommand.once(engine, settings, common.isJson());
            }
        }
    }
}
