package io.ticketbridge.command;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Failed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: every enabled flow until stopped, or one full pass of each. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Run every enabled flow until stopped (default)")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private Common common;

    @Option(names = "--once", description = "Make one full pass of each flow, print the account, and end")
    private boolean once;

    @Override
    public Integer call() {
        return run(common, once);
    }

    static int run(Common common, boolean once) {
        Settings settings = common.settings(Requirement.FLOWS);
        if (settings.flows().values().stream().noneMatch(FlowSettings::enabled)) {
            throw new CannotStart(
                    "No flow is enabled: set ticketbridge.flow.NAME.source and ticketbridge.flow.NAME.profile in"
                            + " config/application.properties, or try `sandbox` first");
        }
        Engine.Options options = new Engine.Options(common.routes(), !once, !once, Clock.systemUTC());
        try (Engine engine = Engine.start(settings, options)) {
            return once ? once(engine, settings, common.isJson()) : untilStopped(engine, settings);
        }
    }

    /** One full pass of each flow; ends when nothing is owed any more except what is held or dead. */
    static int once(Engine engine, Settings settings, boolean json) {
        engine.probe();
        List<String> failures = new ArrayList<>();
        Runnable passes = () -> {
            settings.flows().values().stream().filter(Engine::isPolled).forEach(flow -> pass(engine, flow, failures));
            if (!failures.isEmpty()) {
                throw new Failed(String.join(System.lineSeparator(), failures));
            }
        };
        return Outcome.of(engine, passes, json);
    }

    /** A flow that fails does not keep the others from their pass. */
    private static void pass(Engine engine, FlowSettings flow, List<String> failures) {
        try {
            engine.pass(flow.name());
        } catch (Failed e) {
            failures.add(e.getMessage());
        }
    }

    private static int untilStopped(Engine engine, Settings settings) {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            try {
                main.join(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            engine.probe();
        } catch (Failed e) {
            LOG.error("{}. Nothing is lost: deliveries wait until ServiceNow can be used", e.getMessage());
        }
        LOG.info("Running. flows={}", settings.flows().keySet());
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("Stopping: what is under way is brought to its end");
        return TicketbridgeCommand.WELL;
    }
}
