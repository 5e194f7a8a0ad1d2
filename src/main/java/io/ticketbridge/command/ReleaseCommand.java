package io.ticketbridge.command;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.run.Breakers;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code release [FLOW]}: what a breaker holds goes on, as a run of its own with a new allowance (P11, P12). */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Let go what a breaker holds; delivered by the `run` that is running, or by the next one",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:What was held goes on", ExitCodes.UNUSABLE})
final class ReleaseCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(arity = "0..1", paramLabel = "FLOW", description = "The flow (default: all)")
    private String flow;

    @Override
    public Integer call() {
        Settings settings = common.settings(Requirement.LEDGER_ONLY);
        if (flow != null && !settings.flows().containsKey(flow)) {
            throw new CannotStart(
                    flow + " is no flow; there are: " + settings.flows().keySet());
        }
        try (LedgerDatabase database = LedgerDatabase.existing(settings.database())) {
            int released = new Breakers(database, database.time().over(Clock.systemUTC())).release(flow);
            common.say(released + " groups released", Map.of("released", released));
        }
        return TicketbridgeCommand.WELL;
    }
}
