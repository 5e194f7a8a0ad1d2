package io.ticketbridge.command;

import io.ticketbridge.ledger.move.LedgerMove;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says on standard error how far a move of the ledger is, or a copy of it, now and then. */
final class MoveProgress implements LedgerMove.Listener {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final PrintStream out;
    private final Clock clock;
    private Instant next;

    MoveProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        next = clock.instant();
    }

    @Override
    public void progress(String what, String table, long rows, long of) {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            out.println(String.format(Locale.ROOT, "%s: %,d of %,d rows %s", table, rows, of, what));
            next = now.plus(EVERY);
        }
    }
}
