package io.ticketbridge.command;

import io.ticketbridge.config.SettingsException;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.ledger.database.LedgerUnavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** {@code ticketbridge}: without a command it runs. */
@Command(
        name = "ticketbridge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Security cases and compliance findings in, ServiceNow tickets out, both sides in step.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.STOPPED, ExitCodes.ONCE_UNDELIVERED, ExitCodes.UNUSABLE})
public final class TicketbridgeCommand implements Callable<Integer> {
    static final int WELL = 0;
    static final int FAILED = 1;
    static final int UNUSABLE = 2;

    /** In the order of the help. */
    private static final Map<String, Supplier<Callable<Integer>>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("sandbox", SandboxCommand::new);
        COMMANDS.put("simulate", SimulateCommand::new);
        COMMANDS.put("import", ImportCommand::new);
        COMMANDS.put("release", ReleaseCommand::new);
        COMMANDS.put("replay", ReplayCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("plan", PlanCommand::new);
        COMMANDS.put("move-ledger", MoveLedgerCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
    }

    @Mixin
    private Common common;

    @Mixin
    private RouteFolder routes;

    @Option(names = "--once", description = "Make one full pass of each flow, print the account, and end")
    private boolean once;

    @Override
    public Integer call() {
        return RunCommand.run(common, routes, once);
    }

    /** Runs the command line and returns its exit code. */
    public static int execute(String... args) {
        return line(args)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(TicketbridgeCommand::run)
                .setExecutionExceptionHandler((error, line, parsed) -> explain(error, line))
                .execute(args);
    }

    /** Options before a command are those of `run`; they must not be lost on another one. */
    private static int run(ParseResult parsed) {
        if (parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.matchedOptions().isEmpty()) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "Options stand behind the command: write "
                            + parsed.subcommand().commandSpec().name() + " "
                            + parsed.matchedOptions().get(0).longestName() + " ...");
        }
        return new RunLast().execute(parsed);
    }

    /** A command that is named first is the only one that is looked at: to look at all takes as long as many of them run. */
    private static CommandLine line(String... args) {
        CommandLine line = new CommandLine(new TicketbridgeCommand());
        COMMANDS.forEach((name, command) -> {
            if (args.length > 0 && (!COMMANDS.containsKey(args[0]) || name.equals(args[0]))) {
                line.addSubcommand(command.get());
            }
        });
        return line;
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
