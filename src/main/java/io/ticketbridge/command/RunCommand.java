package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.engine.EnabledFlows;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Failed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: every enabled flow until stopped, or one full pass of each. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run every enabled flow until stopped (default)",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.STOPPED, ExitCodes.ONCE_UNDELIVERED, ExitCodes.UNUSABLE})
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    @Mixin
    private Common common;

    @Mixin
    private RouteFolder routes;

    @Option(names = "--once", description = "Make one full pass of each flow, print the account, and end")
    private boolean once;

    @Override
    public Integer call() {
        return run(common, routes, once);
    }

    static int run(Common common, RouteFolder routes, boolean once) {
        Settings settings = common.settings(Requirement.FLOWS);
        EnabledFlows.require(settings);
        Engine.Options options = new Engine.Options(routes.path(), !once, !once, Clock.systemUTC());
        if (once) {
            try (Engine engine = Engine.start(settings, options)) {
                return once(engine, settings, common.isJson());
            }
        }
        try (StopSignal stop = StopSignal.take();
                Engine engine = Engine.start(settings, options)) {
            return untilStopped(engine, settings, stop);
        }
    }

    /** One full pass of each flow; ends when nothing is owed any more except what is held or dead. */
    static int once(Engine engine, Settings settings, boolean json) {
        List<String> failures = new ArrayList<>();
        Runnable passes = () -> {
            settings.flows().values().stream()
                    .filter(Engine::isPolled)
                    .forEach(flow -> tried(() -> engine.pass(flow.name()), failures));
            tried(engine::upkeep, failures);
            if (!failures.isEmpty()) {
                throw new Failed(String.join(System.lineSeparator(), failures));
            }
        };
        return Outcome.of(engine, settings.flows().keySet(), passes, json);
    }

    /** A flow that fails does not keep the others from their pass. */
    private static void tried(Runnable what, List<String> failures) {
        try {
            what.run();
        } catch (Failed e) {
            failures.add(e.getMessage());
        }
    }

    /** Runs until TERM or INT. The caller closes the engine first and the signal last. */
    static int untilStopped(Engine engine, Settings settings, StopSignal stop) {
        StartProbe probe = StartProbe.begin(engine::probe, stop, ASK_AGAIN);
        LOG.info("Running. flows={}", EnabledFlows.names(settings));
        stop.await();
        LOG.info("Stopping: what is under way is brought to its end");
        return probe.exit();
    }
}
