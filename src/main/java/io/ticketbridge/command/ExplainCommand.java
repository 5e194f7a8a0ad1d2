package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.engine.Masking;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.report.FlowReads;
import io.ticketbridge.ledger.report.Stories;
import io.ticketbridge.ledger.report.Story;
import io.ticketbridge.ledger.report.Subjects;
import io.ticketbridge.ledger.report.Subjects.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain ID}: the whole story of one thing, with the cause of every write (P31). */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "The whole story of a ticket, case, control, resource or finding, with the cause of every write",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.WELL, "1:The ledger knows nothing of that name", ExitCodes.UNUSABLE})
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST = 200;

    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "ID",
            description =
                    "A ticket's number, URL or correlation_id; the reference at the end of a note (tb-...); a case or alert; a control or check; a resource's uid or name; an account")
    private String id;

    @Option(names = "--details", description = "Also what was sent and answered")
    private boolean details;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "So many stories at most, where several match (default: ${DEFAULT-VALUE})",
            defaultValue = "3")
    private int most;

    @Override
    public Integer call() {
        if (id.isBlank()) {
            System.err.println(
                    "explain needs a name, and was given an empty one: name a ticket, case, control or resource");
            return TicketbridgeCommand.UNUSABLE;
        }
        Settings settings = common.settings(Requirement.LEDGER_ONLY);
        try (LedgerDatabase database = LedgerDatabase.existing(settings.database())) {
            Subjects subjects = new Subjects(database);
            List<Subject> found = find(subjects);
            Stories stories = new Stories(database, Clock.systemUTC(), settings, new Masking(settings)::masked);
            List<Story> told = found.stream().limit(most).map(stories::of).toList();
            List<String> beside = found.isEmpty()
                    ? subjects.beside(id, 5).stream()
                            .map(known -> Printer.line(new Masking(settings).masked(known)))
                            .toList()
                    : List.of();
            if (common.isJson()) {
                new Printer(System.out, true)
                        .json(Map.of(
                                "id",
                                id,
                                "matches",
                                found.size(),
                                "beside",
                                beside,
                                "stories",
                                told.stream().map(Story::asMap).toList()));
            } else {
                StoryPrinter printer = new StoryPrinter(System.out, details);
                told.forEach(printer::print);
            }
            if (found.isEmpty()) {
                beside.forEach(System.err::println);
                if (beside.isEmpty()) {
                    System.err.println(unknown(subjects));
                    notRead(settings, new FlowReads(database, settings));
                    return TicketbridgeCommand.FAILED;
                }
            }
            if (found.size() > told.size()) {
                System.err.println((found.size() < MOST ? "" : "At least ") + found.size() + " match; " + told.size()
                        + " are told. Show more with --most, or name one by its ticket or group");
            }
        }
        return TicketbridgeCommand.WELL;
    }

    /** One name that is meant for certain is told, and said; others are offered. */
    private List<Subject> find(Subjects subjects) {
        List<Subject> found = subjects.named(id, MOST);
        if (!found.isEmpty()) {
            return found;
        }
        Optional<String> meant = subjects.meant(id);
        meant.ifPresent(name ->
                System.err.println("Nothing is called " + Printer.line(id) + "; told is " + Printer.line(name)));
        return meant.map(name -> subjects.named(name, MOST)).orElse(List.of());
    }

    /** What is not read can't be known. */
    private static void notRead(Settings settings, FlowReads reads) {
        settings.flows().keySet().forEach(flow -> reads.notRead(flow)
                .ifPresent(why ->
                        System.err.println(Printer.line("What flow " + flow + " reads may be missing: " + why))));
    }

    private String unknown(Subjects subjects) {
        List<String> similar = subjects.similar(id, 5);
        return "The ledger knows nothing called " + Printer.line(id)
                + ". It keeps what failed at least once; what always passed, what the source never decided, or what a flow's filter leaves out, is only counted"
                + (similar.isEmpty()
                        ? ""
                        : ". Similar: "
                                + String.join(
                                        ", ",
                                        similar.stream().map(Printer::line).toList()));
    }
}
