package io.ticketbridge.command;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.SourceKind;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Engine;
import java.io.File;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import FILE...}: each file is one scan of the flow whose source is files. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Read findings files (Prowler json-ocsf, OCSF 2003, ASFF), each as one scan, and deliver",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.WELL, ExitCodes.UNDELIVERED, ExitCodes.UNUSABLE})
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Mixin
    private RouteFolder routes;

    @Option(names = "--flow", paramLabel = "NAME", description = "The flow, where several have source=files")
    private String flow;

    @Option(
            names = "--part",
            description = "The files are parts of one scan, or filtered: what they do not name is not taken for gone")
    private boolean part;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Findings files: JSON or NDJSON, plain or gzip")
    private List<File> files;

    @Override
    public Integer call() {
        requireReadable(files);
        Settings settings = common.settings(Requirement.FLOWS);
        String name = flowName(settings, flow);
        Engine.Options options = new Engine.Options(routes.path(), false, false, Clock.systemUTC());
        try (Engine engine = Engine.start(settings, options)) {
            return Outcome.of(engine, Set.of(name), () -> engine.importFiles(name, files, part), common.isJson());
        }
    }

    static void requireReadable(List<File> files) {
        for (File file : files) {
            if (!file.isFile() || !file.canRead()) {
                throw new CannotStart(file + ": no such file, or it can't be read; nothing was done");
            }
        }
    }

    /** @param flow what was asked for, or null for the only one there is */
    static String flowName(Settings settings, String flow) {
        List<String> names = settings.flows().values().stream()
                .filter(each -> each.enabled() && each.source() == SourceKind.FILES)
                .map(FlowSettings::name)
                .toList();
        if (flow != null) {
            if (!names.contains(flow)) {
                throw new CannotStart("--flow " + flow + " is no enabled flow with source=files; there are: " + names);
            }
            return flow;
        }
        if (names.size() != 1) {
            throw new CannotStart(
                    names.isEmpty()
                            ? "No enabled flow has ticketbridge.flow.NAME.source=files, and files need one"
                            : "Several flows have source=files: choose one with --flow " + String.join(" | ", names));
        }
        return names.get(0);
    }
}
