package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Engine;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.letter.OpenLetters;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: dead letters get another try, delivered at once like {@code run --once}; or are listed, or put aside (P20). */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Give dead letters another try and deliver, once their cause is mended; never opens a ticket twice.",
            "Also while `run` is running; if you changed the profile or the flow, restart that one first.",
            "`--list` shows them with cause, request and answer; `--discard` puts those aside that need no replay."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.WELL, "1:Dead letters are open, or something failed or is held", ExitCodes.UNUSABLE})
final class ReplayCommand implements Callable<Integer> {
    private static final int LISTED = 10_000;

    @Mixin
    private Common common;

    @Mixin
    private RouteFolder routes;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Numbers of dead letters")
    private List<Long> ids = List.of();

    @Option(names = "--class", paramLabel = "CLASS", description = "All of a class, such as refused")
    private String kind;

    @Option(names = "--all", description = "All of them")
    private boolean all;

    @Option(names = "--list", description = "Only show them: all, or those that are named")
    private boolean list;

    @Option(names = "--discard", description = "Put them aside without a replay")
    private boolean discard;

    @Override
    public Integer call() {
        if (list ? all || discard : (ids.isEmpty() ? 0 : 1) + (kind == null ? 0 : 1) + (all ? 1 : 0) != 1) {
            throw new CannotStart("Choose one of: replay ID..., --class CLASS, --all; or replay --list to see them");
        }
        Choice choice = new Choice(ids, kind == null ? "" : kind);
        Settings settings = common.settings(list || discard ? Requirement.LEDGER_ONLY : Requirement.FLOWS);
        Set<String> flows;
        try (LedgerDatabase database = LedgerDatabase.existing(settings.database())) {
            DeadLetters letters = new DeadLetters(database, Clock.systemUTC());
            flows = letters.open().flows(choice);
            requireKnown(letters.open(), choice);
            if (list) {
                DeadLetterTable.print(letters.open().of(choice, 0, LISTED), !ids.isEmpty(), common.isJson());
                return letters.open().count() == 0 ? TicketbridgeCommand.WELL : TicketbridgeCommand.FAILED;
            }
            if (discard) {
                List<Long> discarded = letters.open().numbers(choice);
                discarded.forEach(letters::close);
                common.say(discarded.size() + " dead letters discarded", Map.of("discarded", discarded));
                return letters.open().count() == 0 ? TicketbridgeCommand.WELL : TicketbridgeCommand.FAILED;
            }
            if (!common.isJson() && letters.open().numbers(choice).isEmpty()) {
                System.out.println("No dead letters");
            }
        }
        Engine.Options options = new Engine.Options(routes.path(), false, false, Clock.systemUTC());
        try (Engine engine = Engine.start(settings, options)) {
            return Outcome.of(engine, flows, () -> engine.replay(choice).forEach(System.err::println), common.isJson());
        }
    }

    /** A number or class that is mistyped must not pass for a replay of nothing. */
    private void requireKnown(OpenLetters letters, Choice choice) {
        List<Long> known = letters.numbers(choice);
        List<Long> unknown = ids.stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            throw new CannotStart("No open dead letter has the number "
                    + String.join(", ", unknown.stream().map(String::valueOf).toList()) + ": see replay --list");
        }
        if (kind != null && known.isEmpty() && letters.count() > 0) {
            throw new CannotStart("No open dead letter is of class " + kind + "; there are: "
                    + letters.countByClass().keySet());
        }
    }
}
