package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.Topics;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.budget.RequestBudget;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.intake.Intakes;
import io.ticketbridge.ledger.letter.OpenLetters;
import io.ticketbridge.ledger.report.FlowReads;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ledger.report.LedgerReport.FlowStatus;
import io.ticketbridge.ledger.run.IdentityDoubt;
import io.ticketbridge.ledger.run.IdentityDoubts;
import io.ticketbridge.ledger.ticket.StrayRecords;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: flows, last runs, backlog, held, dead, doubtful ids (P3). Also while {@code run} is running. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Flows, last runs, backlog, held, dead, rate budget",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:Whatever it shows", ExitCodes.UNUSABLE})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Override
    public Integer call() {
        Settings settings = common.settings(Requirement.LEDGER_ONLY);
        try (LedgerDatabase database = LedgerDatabase.existing(settings.database())) {
            LedgerReport ledger = new LedgerReport(database);
            Map<String, Long> dead = new OpenLetters(database).countByClass();
            List<FlowStatus> flows = ledger.flows().stream()
                    .filter(flow -> flow.startedAt() != null || settings.flows().containsKey(flow.flow()))
                    .toList();
            Map<String, Long> strays = new StrayRecords(database, Clock.systemUTC()).countByState();
            Map<String, Long> waiting = Intakes.waiting(database);
            Map<String, Long> underWay = Topics.underWay(database);
            Backlog backlog = new RequestBudget(
                            database, settings.serviceNow().requestsPerHour(), settings::delivers, Clock.systemUTC())
                    .backlog();
            List<IdentityDoubt> doubts = new IdentityDoubts(database, Clock.systemUTC()).all();
            if (common.isJson()) {
                new Printer(System.out, true)
                        .json(Map.of(
                                "identities",
                                doubts.stream().map(IdentityDoubt::asMap).toList(),
                                "flows",
                                flows.stream().map(FlowStatus::asMap).toList(),
                                "compared",
                                ledger.compared().stream()
                                        .map(LedgerReport.Compared::asMap)
                                        .toList(),
                                "dead",
                                ledger.deadCount(),
                                "deadByClass",
                                dead,
                                "strayRecords",
                                strays,
                                "intakesWaiting",
                                waiting,
                                "findingsUnderWay",
                                underWay,
                                "requests",
                                backlog.asMap()));
            } else {
                print(flows, dead);
                flows.forEach(flow -> FlowReads.switchedOff(settings, flow.flow())
                        .or(() -> Optional.ofNullable(flow.failing()))
                        .ifPresent(why -> System.out.println(Printer.line(flow.flow() + ": " + why))));
                flows.forEach(flow -> Optional.ofNullable(
                                flow.waiting(Clock.systemUTC().instant()))
                        .ifPresent(what -> System.out.println(flow.flow() + ": " + what)));
                ledger.compared()
                        .forEach(last -> System.out.println(last.flow() + ": " + last.pairs()
                                + " tickets compared with their cases at " + last.at() + ", " + last.drifted()
                                + " had drifted"));
                waiting.forEach(
                        (flow, count) -> System.out.println(flow + ": " + count + " sent over HTTP, not read yet"));
                underWay.forEach((flow, count) ->
                        System.out.println(flow + ": " + count + " findings in the topic, not written yet"));
                strays.forEach((state, count) -> System.out.println(count + " " + said(state)));
                doubts.forEach(StatusCommand::print);
                if (backlog.isLimited()) {
                    System.out.println(backlog.sentence());
                }
            }
        }
        return TicketbridgeCommand.WELL;
    }

    private static String said(String state) {
        return switch (state) {
            case "merged" -> "records were there twice: the later one was closed";
            case "linked" -> "records are there twice and could not be closed: close them by hand";
            case "unknown" -> "records of ours are in ServiceNow that the ledger does not know";
            default -> "records are there twice; the next sweep closes them";
        };
    }

    private static void print(IdentityDoubt doubt) {
        System.out.println(Printer.line(doubt.flow() + ", check " + doubt.check() + " of " + doubt.source() + ": "
                + doubt.kind().sentence() + "; " + doubt.findings()
                + (doubt.findings() == 1 ? " finding in run " : " findings in run ") + doubt.run() + ", "
                + doubt.example()));
    }

    private static void print(List<FlowStatus> flows, Map<String, Long> dead) {
        if (flows.isEmpty()) {
            System.out.println("No flow has run yet");
            return;
        }
        System.out.printf(
                "%-20s %-24s %-12s %8s %8s %8s %8s%n", "flow", "last run", "state", "open", "owed", "held", "dead");
        flows.forEach(flow -> System.out.printf(
                "%-20s %-24s %-12s %8d %8d %8d %8d%n",
                flow.flow(),
                flow.startedAt() == null ? "never" : flow.startedAt(),
                flow.state() == null ? "" : flow.state(),
                flow.openTickets(),
                flow.owed(),
                flow.held(),
                flow.dead()));
        dead.forEach(
                (kind, count) -> System.out.println(count + " dead letters of class " + kind + ": see replay --list"));
    }
}
