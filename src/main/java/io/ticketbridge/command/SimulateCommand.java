package io.ticketbridge.command;

import io.ticketbridge.sandbox.EditTimer;
import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.control.ControlPage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}: the simulators alone; prints their addresses and credentials as an {@code application.properties}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Start the simulators alone and print their addresses and credentials as properties",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:It was stopped", "2:Usage, or a port that is taken"})
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private SandboxOptions options;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where scan files are dropped (default: ${DEFAULT-VALUE})",
            defaultValue = "data/scans")
    private Path folder;

    @Override
    public Integer call() {
        options.checkEdits(true);
        try (StopSignal stop = StopSignal.take();
                Sandbox sandbox = options.simulators(folder.toAbsolutePath().normalize(), Clock.systemUTC());
                ControlPage page = options.controlPage(sandbox);
                EditTimer colleague = options.colleague(sandbox)) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println(
                    "# Simulated Vision One, IBM SCC and Workload Protection, ServiceNow and scan files, until Ctrl-C.");
            out.println("# Save these lines as config/application.properties and start ticketbridge beside it.");
            out.println("# Control page: " + page.url());
            out.print(PropertyLines.of(sandbox.properties()));
            out.flush();
            stop.await();
        }
        return TicketbridgeCommand.WELL;
    }
}
