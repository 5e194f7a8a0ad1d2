package io.ticketbridge.command;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.Failed;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.budget.Backlog;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.report.LedgerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Waits until nothing is owed any more and prints the account. */
final class Outcome {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    /** So long nothing came through before it is said why. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static final long LOOKS_A_MINUTE = Duration.ofMinutes(1).dividedBy(LOOK_EVERY);

    private Outcome() {}

    /**
     * Asks ServiceNow whether it can be used, does the passes, waits until nothing is owed of these flows any more except what is held or
     * dead, and reports what it did itself: a {@code run} beside it has accounts of its own.
     *
     * @throws Failed if ServiceNow can't be used: then nothing is done
     * @return the exit code: well, or failed if a pass failed or something is held or dead
     */
    static int of(Engine engine, Set<String> flows, Runnable passes, boolean json) {
        try {
            return outcome(engine, flows, passes, json);
        } catch (RuntimeException e) {
            if (Outage.isCauseOf(e)) {
                engine.database().outage().began(e);
                throw new Failed("The ledger can't be used; what is owed is delivered by the next run");
            }
            throw e;
        }
    }

    private static int outcome(Engine engine, Set<String> flows, Runnable passes, boolean json) {
        LedgerReport ledger = new LedgerReport(engine.database());
        Printer printer = new Printer(System.out, json);
        Instant begun = Instant.now();
        try {
            engine.probe();
        } catch (Failed e) {
            if (json) {
                printer.result(List.of(), List.of(e.getMessage()), ledger.held(), ledger.dead());
            }
            throw e;
        }
        String failed = "";
        try (Progress progress = Progress.of(engine)) {
            try {
                passes.run();
            } catch (Failed e) {
                failed = e.getMessage();
            }
            Quiet quiet = new Quiet(flows);
            PatientLook look = new PatientLook(engine.database().outage());
            while (!look.at(() -> quiet.isSettled(engine))) {
                pause();
            }
        }
        Set<Long> runs = Set.copyOf(engine.begunRuns());
        Set<String> failures = ledger.failures(runs, failed.lines().toList());
        List<Account> accounts = engine.closeAccounts();
        failures.addAll(ledger.unbalancedSince(begun, flows));
        // Of what an earlier run left owed, too: it has its account here.
        Set<Long> accounted =
                accounts.stream().map(Account::run).collect(Collectors.toCollection(() -> new TreeSet<>(runs)));
        Map<String, Long> held = ledger.held();
        if (json) {
            printer.result(accounts, failures, held, ledger.dead());
        } else {
            printer.accounts(accounts, ledger.writesOf(accounted, flows, begun));
        }
        failures.forEach(failure -> System.err.println(Printer.line(failure)));
        ledger.deadLetters(20).forEach(letter -> System.err.println(Printer.line("dead letter " + letter)));
        Map<String, Long> dead = ledger.dead();
        boolean anyDead = dead.keySet().stream().anyMatch(engine.owing()::delivers);
        if (anyDead) {
            System.err.println("Mend the cause and give them another try with `replay`; `replay --list` shows more");
        }
        dead.keySet().stream()
                .filter(flow -> !engine.owing().delivers(flow))
                .forEach(
                        flow -> System.err.println(
                                "Flow " + flow + " has " + dead.get(flow)
                                        + " dead letters and is not enabled here: enable it, or put them aside with `replay --discard`"));
        held.keySet().stream()
                .filter(flow -> !engine.owing().delivers(flow))
                .forEach(flow -> System.err.println("Flow " + flow + " holds " + held.get(flow)
                        + " tickets and is not enabled here: they wait until it is"));
        boolean holds = held.keySet().stream()
                .anyMatch(flow -> flows.contains(flow) && engine.owing().delivers(flow));
        if (holds) {
            System.err.println("A breaker holds tickets: they follow with the next pass, or with `release`");
        }
        return failures.isEmpty() && !holds && !anyDead ? TicketbridgeCommand.WELL : TicketbridgeCommand.FAILED;
    }

    /** Once a minute: under a rate budget it may take hours. */
    private static boolean sayWhatIsLeft(Engine engine, long looks) {
        if (looks % LOOKS_A_MINUTE == LOOKS_A_MINUTE / 4) {
            Backlog backlog = engine.owing().backlog();
            if (backlog.isWaiting()) {
                System.err.println(backlog.sentence() + ". Stop whenever you like: the next run goes on with it");
                return true;
            }
        }
        return false;
    }

    /** Says why nothing comes through, as often as that takes half a minute. */
    private static final class Quiet {
        private final Set<String> flows;
        private long owed = Long.MAX_VALUE;
        private Instant since = Instant.now();
        private long looks;

        Quiet(Set<String> flows) {
            this.flows = flows;
        }

        boolean isSettled(Engine engine) {
            if (engine.owing().isSettled(flows)) {
                return true;
            }
            if (!sayWhatIsLeft(engine, looks++)) {
                look(engine);
            }
            return false;
        }

        private void look(Engine engine) {
            long now = engine.owing().groups(flows);
            if (now < owed) {
                owed = now;
                since = Instant.now();
            } else if (since.plus(QUIET).isBefore(Instant.now())) {
                System.err.println(
                        engine.owing().waiting().sentence() + ". Stop whenever you like: the next run goes on with it");
                since = Instant.now();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("Interrupted; what is owed is delivered by the next run");
        }
    }
}
