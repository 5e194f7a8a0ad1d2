package io.ticketbridge.command;

import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.sandbox.Colleague;
import io.ticketbridge.sandbox.EditTimer;
import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.control.ControlPage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Options of the commands that start simulators. */
final class SandboxOptions {
    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed brings the same cases and findings (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The control page's port; the simulators take the next four (default: any free ones)",
            defaultValue = "0")
    private int port;

    @Option(
            names = "--edits-per-minute",
            paramLabel = "N",
            description = "A second person edits tickets and cases at random, so many times a minute"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = "0")
    private int editsPerMinute;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            description = "ServiceNow answers 429 after so many requests an hour (default: no limit)",
            defaultValue = "0")
    private int rateLimit;

    /** The simulators. */
    Sandbox simulators(Path folder, Clock clock) {
        if (port < 0 || port > LAST_PORT - Sandbox.PORTS) {
            throw new CannotStart("--port must be between 1 and " + (LAST_PORT - Sandbox.PORTS)
                    + ", or 0 for any free ones, was " + port);
        }
        try {
            Sandbox sandbox = Sandbox.start(seed, port == 0 ? 0 : port + 1, folder, clock);
            sandbox.serviceNow().settings().rateLimit(rateLimit);
            return sandbox;
        } catch (UncheckedIOException e) {
            throw new CannotStart(e.getMessage());
        }
    }

    /** The page on which a person plays the other side. */
    ControlPage controlPage(Sandbox sandbox) {
        try {
            return ControlPage.start(sandbox, port);
        } catch (UncheckedIOException e) {
            throw new CannotStart(e.getMessage());
        }
    }

    /** A second person at work, where one is asked for. */
    EditTimer colleague(Sandbox sandbox) {
        Colleague colleague = new Colleague(sandbox.visionOne(), sandbox.serviceNow(), seed);
        return EditTimer.start(colleague, editsPerMinute);
    }

    /** @throws CannotStart when it is out of range, or there is no time for edits */
    void checkEdits(boolean goesOn) {
        if (editsPerMinute < 0 || editsPerMinute > EditTimer.FASTEST) {
            throw new CannotStart(
                    "--edits-per-minute must be between 0 and " + EditTimer.FASTEST + ", was " + editsPerMinute);
        }
        if (editsPerMinute > 0 && !goesOn) {
            throw new CannotStart("--edits-per-minute is for a sandbox that goes on: leave --once away");
        }
    }
}
