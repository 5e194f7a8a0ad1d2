package io.ticketbridge.command;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.ledger.Account;
import io.ticketbridge.ledger.LedgerReport;
import java.time.Duration;
import java.util.List;

/** Waits until nothing is owed any more and prints the account. */
final class Outcome {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Outcome() {}

    /** @return the exit code: well, or failed if a pass failed or something is held or dead */
    static int report(Engine engine, List<String> failures, boolean json) {
        while (!engine.isSettled()) {
            pause();
        }
        LedgerReport ledger = new LedgerReport(engine.database());
        List<Account> accounts = engine.closeAccounts();
        Printer printer = new Printer(System.out, json);
        printer.accounts(
                accounts,
                accounts.isEmpty()
                        ? List.of()
                        : ledger.writesSince(accounts.get(0).run()));
        failures.forEach(System.err::println);
        ledger.deadLetters(20).forEach(letter -> System.err.println("dead letter " + letter));
        boolean held = accounts.stream().anyMatch(account -> account.findings().get("held") > 0);
        boolean wrong = accounts.stream().anyMatch(account -> !account.addsUp());
        if (held) {
            System.err.println("A breaker holds tickets: they follow with the next pass, or with `release`");
        }
        return failures.isEmpty() && !held && !wrong && ledger.deadCount() == 0
                ? TicketbridgeCommand.WELL
                : TicketbridgeCommand.FAILED;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new io.ticketbridge.engine.Failed("Interrupted; what is owed is delivered by the next run");
        }
    }
}
