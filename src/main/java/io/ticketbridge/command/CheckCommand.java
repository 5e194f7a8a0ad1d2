package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SettingsException;
import io.ticketbridge.engine.Checking;
import io.ticketbridge.engine.MappingCheck;
import io.ticketbridge.engine.RouteCheck;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.fault.Checked.Verdict;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code check}: everything that a run needs, every problem at once, each with its cure (P30). */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check settings, routes, ledger, ServiceNow and sources; nothing is written anywhere",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:All is well, warnings allowed",
            "1:The ledger, ServiceNow, a source or the brokers have a problem",
            "2:Settings, routes or mappings have one, or usage"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Mixin
    private RouteFolder routes;

    @Option(names = "--routes-only", description = "Only the route files, without settings and network: for a pipeline")
    private boolean routesOnly;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Only this mapping of an API, without settings and network")
    private Path mapping;

    @Option(
            names = "--sample",
            paramLabel = "PAGE",
            description = "With --mapping: a file that holds one answer of the API; prints the findings that it yields")
    private Path sample;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (mapping != null) {
            return new SamplePrinter(System.out, common.isJson()).print(MappingCheck.of(mapping, sample));
        }
        if (sample != null) {
            throw new ParameterException(spec.commandLine(), "--sample is a page for --mapping FILE: name both");
        }
        List<Checked> found = routesOnly ? routes() : all();
        if (common.isJson()) {
            new Printer(System.out, true)
                    .json(Map.of("checks", found.stream().map(Checked::asMap).toList()));
        } else {
            print(found);
        }
        List<Checked> problems =
                found.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
        if (problems.isEmpty()) {
            return TicketbridgeCommand.WELL;
        }
        return problems.stream().anyMatch(each -> List.of("settings", "routes", "mappings")
                        .contains(each.system()))
                ? TicketbridgeCommand.UNUSABLE
                : TicketbridgeCommand.FAILED;
    }

    private List<Checked> all() {
        Settings settings;
        try {
            settings = common.settings(Requirement.FLOWS);
        } catch (SettingsException e) {
            List<Checked> found = new ArrayList<>();
            e.problems()
                    .forEach(problem ->
                            found.add(Checked.problem("settings", problem.property(), problem.toString(), "")));
            found.addAll(routes());
            return found;
        }
        if (routes.fault().isPresent()) {
            return routes();
        }
        List<Checked> found = new ArrayList<>(new Checking(settings, routes.path(), Clock.systemUTC()).check());
        settings.warnings().forEach(warning -> found.add(Checked.warning("settings", "settings", warning, "")));
        return found;
    }

    private List<Checked> routes() {
        return routes.fault().map(List::of).orElseGet(() -> RouteCheck.of(routes.path()));
    }

    static void print(List<Checked> found) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        found.stream().map(Checked::system).distinct().forEach(system -> {
            out.println(system);
            found.stream().filter(each -> each.system().equals(system)).forEach(each -> {
                out.println("  " + mark(each.verdict()) + "  " + Printer.line(each.name() + ": " + each.text()));
                if (!each.cure().isEmpty()) {
                    out.println("              " + Printer.line(each.cure()));
                }
            });
        });
        out.println();
        out.println(summary(found));
    }

    private static String mark(Verdict verdict) {
        String word = String.format("%-9s", verdict.name().toLowerCase(Locale.ROOT));
        String colour =
                switch (verdict) {
                    case OK -> "green";
                    case WARNING -> "yellow";
                    case PROBLEM -> "red";
                    case UNCHECKED -> "faint";
                };
        return Ansi.AUTO.enabled() ? Ansi.AUTO.string("@|" + colour + " " + word + "|@") : word;
    }

    private static String summary(List<Checked> found) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.PROBLEM, Verdict.WARNING, Verdict.UNCHECKED, Verdict.OK)) {
            long count =
                    found.stream().filter(each -> each.verdict() == verdict).count();
            if (count > 0) {
                parts.add(count + " " + verdict.name().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", parts);
    }
}
