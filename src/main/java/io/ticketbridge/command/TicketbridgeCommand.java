package io.ticketbridge.command;

import io.ticketbridge.config.SettingsException;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.ledger.LedgerUnavailable;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ticketbridge}: without a command it runs. */
@Command(
        name = "ticketbridge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Security cases and compliance findings in, ServiceNow tickets out, both sides in step.",
        subcommands = {
            RunCommand.class,
            SandboxCommand.class,
            SimulateCommand.class,
            ImportCommand.class,
            ReleaseCommand.class,
            ReplayCommand.class,
            StatusCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            MoveLedgerCommand.class,
            ExplainCommand.class
        })
public final class TicketbridgeCommand implements Callable<Integer> {
    static final int WELL = 0;
    static final int FAILED = 1;
    static final int UNUSABLE = 2;

    @Mixin
    private Common common;

    @Option(names = "--once", description = "Make one full pass of each flow, print the account, and end")
    private boolean once;

    @Override
    public Integer call() {
        return RunCommand.run(common, once);
    }

    /** Runs the command line and returns its exit code. */
    public static int execute(String... args) {
        return new CommandLine(new TicketbridgeCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, line, parsed) -> explain(error, line))
                .execute(args);
    }

    /** An expected failure is one line a problem, never a stack trace. */
    private static int explain(Exception error, CommandLine line) {
        boolean unusable = error instanceof SettingsException
                || error instanceof CannotStart
                || error instanceof LedgerUnavailable
                || error instanceof IllegalArgumentException;
        if (unusable || error instanceof Failed) {
            line.getErr().println(error.getMessage());
        } else {
            line.getErr().println("ticketbridge failed in a way that it should not; please report it:");
            error.printStackTrace(line.getErr());
        }
        return unusable ? UNUSABLE : FAILED;
    }
}
