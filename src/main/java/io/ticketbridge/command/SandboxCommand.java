package io.ticketbridge.command;

import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.TemporaryFolder;
import io.ticketbridge.sandbox.EditTimer;
import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.control.ControlPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sandbox}: the simulators and {@code run} against them, with a ledger of its own. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description =
                "Run against simulated Vision One, IBM SCC, Workload Protection, ServiceNow and scan files; nothing to configure",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.STOPPED, ExitCodes.ONCE_UNDELIVERED, ExitCodes.UNUSABLE})
final class SandboxCommand implements Callable<Integer> {
    private static final String HTTP = "TICKETBRIDGE_HTTP_";
    private static final String PORT = HTTP + "PORT";
    private static final String MANAGEMENT_PORT = HTTP + "MANAGEMENT_PORT";

    @Mixin
    private Output output;

    @Mixin
    private RouteFolder routes;

    @Mixin
    private SandboxOptions options;

    /** Whoever has it from another command is told. */
    @Option(names = "--config", paramLabel = "DIR", hidden = true)
    private String config;

    @Option(names = "--once", description = "Make one full pass of each flow, print the account, and end")
    private boolean once;

    @Override
    public Integer call() throws IOException {
        if (config != null) {
            throw new CannotStart("sandbox has settings of its own: leave --config away, or use `run`");
        }
        options.checkEdits(!once);
        // Before anything is started.
        routes.path();
        return once ? once() : untilStopped();
    }

    private int once() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.make("ticketbridge-sandbox");
                Sandbox sandbox = options.simulators(folder.path().resolve("scans"), Clock.systemUTC())) {
            Settings settings = settings(sandbox, folder);
            try (Engine engine = Engine.start(settings, engineOptions(sandbox))) {
                return RunCommand.once(engine, settings, output.isJson());
            }
        }
    }

    private int untilStopped() throws IOException {
        try (StopSignal stop = StopSignal.take();
                TemporaryFolder folder = TemporaryFolder.make("ticketbridge-sandbox");
                Sandbox sandbox = options.simulators(folder.path().resolve("scans"), Clock.systemUTC());
                ControlPage page = options.controlPage(sandbox)) {
            Settings settings = settings(sandbox, folder);
            SandboxGuide.print(sandbox, page, settings);
            try (Engine engine = Engine.start(settings, engineOptions(sandbox));
                    EditTimer colleague = options.colleague(sandbox)) {
                return RunCommand.untilStopped(engine, settings, stop);
            }
        }
    }

    private Engine.Options engineOptions(Sandbox sandbox) {
        return new Engine.Options(routes.path(), !once, !once, sandbox.clock());
    }

    /** Beside a {@code run} of the same machine, whose ports it must not take. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Settings settings(Sandbox sandbox, TemporaryFolder folder) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>(sandbox.properties());
        properties.put(
                "ticketbridge.database.url", "jdbc:h2:file:" + folder.path().resolve("ledger"));
        // One at a time, in one order: the same seed gives the same ticket the same number.
        properties.put("ticketbridge.servicenow.deliveries", "1");
        // Nobody who tries a fault wants to wait a minute to see what comes of it.
        properties.put("ticketbridge.servicenow.connect-timeout", "2s");
        properties.put("ticketbridge.servicenow.request-timeout", "5s");
        properties.put("ticketbridge.vision-one.request-timeout", "5s");
        properties.put("ticketbridge.scc.request-timeout", "5s");
        properties.put("ticketbridge.workload-protection.request-timeout", "5s");
        Map<String, String> listening = listening(System.getenv());
        if (!listening.containsKey(PORT)) {
            properties.put("ticketbridge.http.port", String.valueOf(freePort()));
        }
        if (!listening.containsKey(MANAGEMENT_PORT)) {
            properties.put("ticketbridge.http.management-port", String.valueOf(freePort()));
        }
        return Settings.load(new Sources(Optional.empty(), listening, properties, false));
    }

    /** Where it listens may be said by the environment, which is all that a container has; everything else is its own. */
    private static Map<String, String> listening(Map<String, String> environment) {
        Map<String, String> listening = new TreeMap<>(environment);
        listening.keySet().removeIf(name -> !name.startsWith(HTTP));
        return listening;
    }
}
