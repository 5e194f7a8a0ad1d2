package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.engine.EnabledFlows;
import io.ticketbridge.engine.Plan;
import io.ticketbridge.engine.Planning;
import java.io.File;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan}: what a run would do, and why; nothing is written anywhere (P29). */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "What `run --once` would do now, or `import` of the files; nothing is written anywhere",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:The plan is whole; with --exit-code: and there is nothing to do",
            "1:Something could not be read; the output says what",
            ExitCodes.UNUSABLE,
            "3:With --exit-code: there is something to do"
        })
final class PlanCommand implements Callable<Integer> {
    private static final int SOMETHING_TO_DO = 3;

    @Mixin
    private Common common;

    @Mixin
    private RouteFolder routes;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Findings files: what `import` of them would do")
    private List<File> files = List.of();

    @Option(
            names = "--flow",
            paramLabel = "NAME",
            description = "The flow of the files, where there are several with source=files")
    private String flow;

    @Option(names = "--part", description = "The files are parts of one scan, or filtered, as with `import --part`")
    private boolean part;

    @Option(
            names = "--all",
            description = "Every ticket in full (default: the first " + PlanPrinter.IN_FULL + " of each flow)")
    private boolean all;

    @Option(names = "--exit-code", description = "End with 0 if there is nothing to do, with 3 if there is something")
    private boolean exitCode;

    @Option(
            names = "--offline",
            description = "Try routes and settings on files: no system is asked, no ledger, no credential needed;"
                    + " says what becomes of each finding")
    private boolean offline;

    @Override
    public Integer call() {
        ImportCommand.requireReadable(files);
        Settings settings =
                offline ? OfflineSettings.load(common.sources(), flow, files) : common.settings(Requirement.FLOWS);
        if (files.isEmpty()) {
            EnabledFlows.require(settings);
        }
        Planning planning = new Planning(settings, routes.path(), Clock.systemUTC())
                .copiedBefore(new MoveProgress(System.err, Clock.systemUTC()))
                .watchedBy(Progress::of);
        if (offline) {
            planning.offline();
        }
        Plan plan = files.isEmpty()
                ? planning.ofPass()
                : planning.ofImport(ImportCommand.flowName(settings, flow), files, part);
        if (common.isJson()) {
            new Printer(System.out, true).json(plan.asMap());
        } else {
            new PlanPrinter(System.out, all).print(plan);
        }
        plan.failures().forEach(failure -> System.err.println(Printer.line(failure)));
        if (!plan.failures().isEmpty()) {
            return TicketbridgeCommand.FAILED;
        }
        return exitCode && plan.hasWork() ? SOMETHING_TO_DO : TicketbridgeCommand.WELL;
    }
}
